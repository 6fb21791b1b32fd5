package io.lensmill.worker;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "io.lensmill.worker", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule ONLY_THE_WIRING_IS_A_BEAN = noClasses()
            .that()
            .haveSimpleNameNotEndingWith("Wiring")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("jakarta..", "org.eclipse.microprofile.config..", "io.smallrye.common..");

    @ArchTest
    static final ArchRule ONLY_THE_CHANNELS_KNOW_SMALLRYE = noClasses()
            .that()
            .resideOutsideOfPackage("..channels..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.smallrye.reactive..");

    @ArchTest
    static final ArchRule PACKAGES_FORM_NO_CIRCLE =
            slices().matching("io.lensmill.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule WHAT_WORKERS_SHARE_KNOWS_NO_WORKER_AND_NOT_WHAT_RUNS_IT = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.quarkus..",
                    "io.lensmill.classifier..",
                    "io.lensmill.diffusion..",
                    "io.lensmill.metricsworker..",
                    "io.lensmill.neural..",
                    "io.lensmill.imaging..");

    @ArchTest
    static final ArchRule ONLY_THE_STORES_METERS_KNOW_METERS = noClasses()
            .that()
            .doNotHaveSimpleName("StoreMeters")
            .and()
            .doNotHaveSimpleName("WorkerWiring")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.micrometer..");

    @ArchTest
    static final ArchRule SETTINGS_KNOW_NO_BROKER = noClasses()
            .that()
            .haveSimpleNameEndingWith("Config")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.apache.kafka..", "io.lensmill.jobs..", "io.lensmill.messaging..");
}
