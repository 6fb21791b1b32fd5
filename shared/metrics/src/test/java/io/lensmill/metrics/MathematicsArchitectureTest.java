package io.lensmill.metrics;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

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
            .resideInAnyPackage("java..", "org.ejml..", "org.bytedeco..", "io.lensmill.metrics..");

    @ArchTest
    static final ArchRule NATIVE_CALLS_ARE_IN_ONE_PACKAGE = noClasses()
            .that()
            .resideOutsideOfPackage("..linear..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.bytedeco..");

    @ArchTest
    static final ArchRule LINEAR_ALGEBRA_KNOWS_NO_METRIC = classes()
            .that()
            .resideInAPackage("..linear..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("java..", "org.ejml..", "org.bytedeco..", "..linear..");

    @ArchTest
    static final ArchRule BYTES_KNOW_NO_METRIC = classes()
            .that()
            .resideInAPackage("..state..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("java..", "..state..");

    @ArchTest
    static final ArchRule NUMERICS_KNOW_NO_METRIC = noClasses()
            .that()
            .resideInAPackage("..numerics..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("..realism..", "..classification..", "..state..");

    @ArchTest
    static final ArchRule PACKAGES_FORM_NO_CIRCLE =
            slices().matching("io.lensmill.metrics.(*)..").should().beFreeOfCycles();
}
