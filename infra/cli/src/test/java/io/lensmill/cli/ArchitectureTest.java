package io.lensmill.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

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
}
