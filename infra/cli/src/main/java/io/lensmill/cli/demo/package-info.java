/** The road of {@code lensmill demo}, stage by stage, from simulated images to the last report. */
package io.lensmill.cli.demo;
