package io.lensmill.metrics;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "io.lensmill.metrics", importOptions = ImportOption.DoNotIncludeTests.class)
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
}
