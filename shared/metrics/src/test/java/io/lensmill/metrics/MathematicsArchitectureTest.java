package io.lensmill.metrics;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "io.lensmill.metrics", importOptions = ImportOption.DoNotIncludeTests.class)
class MathematicsArchitectureTest {

    @ArchTest
    static final ArchRule THE_MATHEMATICS_KNOW_NEITHER_MESSAGES_NOR_MACHINERY = classes()
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("java..", "org.ejml..", "io.lensmill.metrics..");

    @ArchTest
    static final ArchRule BYTES_KNOW_NO_METRIC = classes()
            .that()
            .resideInAPackage("..state..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("java..", "..state..");
}
