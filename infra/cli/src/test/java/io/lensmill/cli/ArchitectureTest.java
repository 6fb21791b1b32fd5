package io.lensmill.cli;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.lensmill.cli.messages.TopicReader;
import java.io.PrintStream;
import java.io.PrintWriter;
import org.apache.kafka.clients.consumer.KafkaConsumer;

@AnalyzeClasses(packages = "io.lensmill.cli", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule NO_CIRCLES_BETWEEN_PACKAGES =
            slices().matching("io.lensmill.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule ONLY_THE_LIST_OF_COMMANDS_KNOWS_COMMANDS = noClasses()
            .that()
            .resideInAPackage("io.lensmill.cli.*..")
            .and()
            .resideOutsideOfPackage("io.lensmill.cli.command..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.lensmill.cli", "io.lensmill.cli.command..");

    @ArchTest
    static final ArchRule THE_CLIENT_PARSES_NO_OPTIONS_AND_STARTS_NOTHING = noClasses()
            .that()
            .resideInAnyPackage(
                    "io.lensmill.cli.messages..",
                    "io.lensmill.cli.metrics..",
                    "io.lensmill.cli.report..",
                    "io.lensmill.cli.samples..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("picocli..", "io.lensmill.local..", "io.lensmill.embedded..");

    /** What it writes does not act on a terminal, whoever wrote the text. */
    @ArchTest
    static final ArchRule ONLY_THE_TERMINAL_WRITES = noClasses()
            .that()
            .resideOutsideOfPackage("io.lensmill.cli.terminal..")
            .should()
            .callMethodWhere(target(nameMatching("print.*|write|append|format"))
                    .and(target(owner(assignableTo(PrintWriter.class).or(assignableTo(PrintStream.class))))));

    /** It reads what is committed only, and passes over what cannot be read. */
    @ArchTest
    static final ArchRule ONLY_THE_READER_OF_TOPICS_MAKES_CONSUMERS = noClasses()
            .that()
            .areNotAssignableTo(TopicReader.class)
            .should()
            .dependOnClassesThat()
            .areAssignableTo(KafkaConsumer.class);
}
