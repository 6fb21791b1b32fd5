package io.lensmill.local;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "io.lensmill.local", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule THE_STACK_KNOWS_SERVERS_AND_NO_COMMAND = classes()
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("java..", "io.lensmill.local..", "io.lensmill.embedded..", "io.lensmill.storage..");

    @ArchTest
    static final ArchRule NO_CIRCLES_BETWEEN_PACKAGES =
            slices().matching("io.lensmill.(**)").should().beFreeOfCycles();
}
