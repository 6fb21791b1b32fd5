/** A small client of the workers: sends what they read, and follows or collects what they answer. */
package io.lensmill.cli.messages;
