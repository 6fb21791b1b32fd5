package io.lensmill.metricsworker;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "io.lensmill.metricsworker", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule THE_DOMAIN_KNOWS_NO_MACHINERY = noClasses()
            .that()
            .resideInAnyPackage("..collection..", "..report..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "org.apache.kafka..",
                    "io.quarkus..",
                    "io.smallrye..",
                    "io.minio..",
                    "jakarta..",
                    "io.micrometer..");

    @ArchTest
    static final ArchRule THE_ARCHIVE_RUNS_WITHOUT_A_FRAMEWORK = noClasses()
            .that()
            .resideInAPackage("..archive..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.apache.kafka..", "io.quarkus..", "io.smallrye..", "jakarta..", "io.micrometer..");

    @ArchTest
    static final ArchRule WHAT_THE_PAGE_SHOWS_KNOWS_NO_MACHINERY = noClasses()
            .that()
            .resideInAnyPackage("..page.state..", "..page.events..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.apache.kafka..", "io.quarkus..", "io.smallrye..", "io.vertx..", "jakarta..");

    @ArchTest
    static final ArchRule THE_TOPOLOGY_RUNS_WITHOUT_A_FRAMEWORK = noClasses()
            .that()
            .resideInAPackage("..streams..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.quarkus..", "io.smallrye..", "jakarta..", "io.micrometer..");

    @ArchTest
    static final ArchRule ONLY_THE_EDGES_KNOW_WHAT_RUNS_THEM = noClasses()
            .that()
            .resideInAPackage("io.lensmill.metricsworker.*..")
            .and()
            .resideOutsideOfPackages("..gauges", "..page")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.quarkus..",
                    "io.smallrye..",
                    "org.eclipse.microprofile..",
                    "io.vertx..",
                    "jakarta..",
                    "io.micrometer..",
                    "io.lensmill.worker..");

    @ArchTest
    static void THE_ROOT_HAS_THE_ROOMS_OF_EVERY_WORKER(JavaClasses classes) {
        assertThat(classes.stream()
                        .filter(type -> type.getPackageName().equals("io.lensmill.metricsworker"))
                        .map(JavaClass::getSimpleName))
                .contains("MetricsWorker", "MetricsConfig", "MetricsHealth", "Wiring", "Lifecycle", "Accounting");
    }

    @ArchTest
    static final ArchRule PACKAGES_FORM_NO_CIRCLE =
            slices().matching("io.lensmill.(**)").should().beFreeOfCycles();
}
