/** {@code lensmill benchmark}: the measurements as commands with options, tables and JSON. */
package io.lensmill.benchmark.command;
