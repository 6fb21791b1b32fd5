package io.lensmill.cli.command;

import java.util.List;
import java.util.ServiceLoader;
import picocli.CommandLine;

/** The subcommands of {@code lensmill} in the order of its help: ours, those of other jars, and the help itself. */
public final class Commands {

    private static final List<Class<?>> OURS = List.of(
            DemoCommand.class,
            UpCommand.class,
            SimulateCommand.class,
            PreviewCommand.class,
            FitCommand.class,
            PriorCommand.class,
            ResidualsCommand.class,
            UploadCommand.class,
            CollectCommand.class,
            TrainCommand.class,
            ModelsCommand.class,
            ModelCommand.class,
            PublishCommand.class,
            ClassifyCommand.class,
            GenerateCommand.class,
            ReportCommand.class,
            LabelCommand.class,
            CollectionActionCommand.class,
            MetricsCommand.class,
            SamplesCommand.class,
            JobsCommand.class);

    private Commands() {}

    public static void addTo(CommandLine lensmill) {
        OURS.forEach(lensmill::addSubcommand);
        ServiceLoader.load(AdditionalCommand.class).forEach(lensmill::addSubcommand);
        lensmill.addSubcommand(CommandLine.HelpCommand.class);
    }
}
