package io.lensmill.embedded;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "io.lensmill.embedded", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule NO_CIRCLES_BETWEEN_PACKAGES =
            slices().matching("io.lensmill.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule THE_SERVERS_KNOW_NO_COMMAND_AND_NO_WORKER = noClasses()
            .should()
            .dependOnClassesThat(resideInAPackage("io.lensmill..")
                    .and(resideOutsideOfPackages("io.lensmill.embedded..", "io.lensmill.storage..")));

    @ArchTest
    static final ArchRule QUARKUS_STAYS_IN_ITS_PACKAGE = noClasses()
            .that()
            .resideOutsideOfPackage("io.lensmill.embedded.quarkus")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.quarkus..");
}
