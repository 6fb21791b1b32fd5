package io.lensmill.classifier;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "io.lensmill.classifier", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule theDomainKnowsNoMessagingAndNoFramework = noClasses()
            .that()
            .resideInAnyPackage("..scoring..", "..training..", "..foreign..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "org.apache.kafka..",
                    "io.minio..",
                    "io.quarkus..",
                    "io.smallrye..",
                    "io.micrometer..",
                    "jakarta..",
                    "org.eclipse.microprofile..",
                    "io.lensmill.messaging..",
                    "io.lensmill.jobs.edge..");

    @ArchTest
    static final ArchRule scoringKnowsNothingOfTraining = noClasses()
            .that()
            .resideInAPackage("..scoring..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("..training..");

    @ArchTest
    static final ArchRule packagesFormNoCircle =
            slices().matching("io.lensmill.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule onlyTheRootKnowsWhatWorkersShare = noClasses()
            .that()
            .resideOutsideOfPackage("io.lensmill.classifier")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.lensmill.worker..");

    @ArchTest
    static void theRootHasTheRoomsOfEveryWorker(JavaClasses classes) {
        assertThat(classes.stream()
                        .filter(type -> type.getPackageName().equals("io.lensmill.classifier"))
                        .map(JavaClass::getSimpleName))
                .contains(
                        "ClassifierWorker",
                        "ClassifierConfig",
                        "ClassifierHealth",
                        "Wiring",
                        "Lifecycle",
                        "Accounting");
    }
}
