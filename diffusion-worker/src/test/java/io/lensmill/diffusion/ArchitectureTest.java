package io.lensmill.diffusion;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "io.lensmill.diffusion", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule THE_WORK_KNOWS_NO_FRAMEWORK = noClasses()
            .that()
            .resideInAnyPackage("io.lensmill.diffusion.*..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "org.apache.kafka..",
                    "io.minio..",
                    "io.quarkus..",
                    "io.smallrye..",
                    "org.eclipse.microprofile..",
                    "jakarta..",
                    "io.micrometer..",
                    "io.lensmill.messaging..",
                    "io.lensmill.jobs.edge..",
                    "io.lensmill.worker..");

    @ArchTest
    static final ArchRule THE_MATHEMATICS_KNOWS_NO_JOBS = noClasses()
            .that()
            .resideInAnyPackage("io.lensmill.diffusion.schedule", "io.lensmill.diffusion.sampling")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.lensmill.jobs..", "io.lensmill.contracts..", "io.lensmill.storage..");

    @ArchTest
    static final ArchRule THE_SCHEDULE_KNOWS_NO_NETWORK = noClasses()
            .that()
            .resideInAPackage("io.lensmill.diffusion.schedule")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.lensmill.neural..", "io.lensmill.imaging..");

    @ArchTest
    static final ArchRule PACKAGES_FORM_NO_CIRCLE =
            slices().matching("io.lensmill.(**)").should().beFreeOfCycles();

    @ArchTest
    static void THE_ROOT_HAS_THE_ROOMS_OF_EVERY_WORKER(JavaClasses classes) {
        assertThat(classes.stream()
                        .filter(type -> type.getPackageName().equals("io.lensmill.diffusion"))
                        .map(JavaClass::getSimpleName))
                .contains("DiffusionWorker", "DiffusionConfig", "DiffusionHealth", "Wiring", "Lifecycle", "Accounting");
    }
}
