package io.lensmill.jobs;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "io.lensmill.jobs", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    private static final String ROOM = "io.lensmill.jobs";

    @ArchTest
    static final ArchRule PACKAGES_FORM_NO_CIRCLE =
            slices().matching("io.lensmill.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule A_JOBS_LIFE_KNOWS_NO_KAFKA = noClasses()
            .that()
            .resideInAnyPackage(ROOM, ROOM + ".presets")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.apache.kafka..", ROOM + ".edge");

    @ArchTest
    static final ArchRule PRESETS_KNOW_NO_JOB = noClasses()
            .that()
            .resideInAPackage(ROOM + ".presets")
            .should()
            .dependOnClassesThat()
            .resideInAPackage(ROOM);
}
