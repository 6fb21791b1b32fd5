/** The {@code lensmill} command as a program: how its subcommands' ends become exit codes. */
package io.lensmill.cli;
