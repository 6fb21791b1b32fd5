/** The subcommands: their options, what is checked before anything is sent, and what a person sees of the work. */
package io.lensmill.cli.command;
