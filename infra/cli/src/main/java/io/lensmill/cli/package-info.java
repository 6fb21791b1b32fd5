/** The {@code lensmill} command: its list of subcommands, and how their ends become exit codes. */
package io.lensmill.cli;
