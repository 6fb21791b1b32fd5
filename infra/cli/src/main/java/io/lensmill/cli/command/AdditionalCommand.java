package io.lensmill.cli.command;

/**
 * A command that another jar on the class path brings along. Its class bears picocli's {@code @Command} with a name,
 * has a constructor without parameters, and stands in the jar's
 * {@code META-INF/services/io.lensmill.cli.command.AdditionalCommand}.
 */
public interface AdditionalCommand extends Runnable {}
