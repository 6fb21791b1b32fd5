package io.lensmill.imaging;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "io.lensmill.imaging", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    private static final String ROOM = "io.lensmill.imaging";

    @ArchTest
    static final ArchRule PACKAGES_FORM_NO_CIRCLE =
            slices().matching("io.lensmill.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule WHAT_ALL_ROOMS_NEED_KNOWS_NO_ROOM = classes()
            .that()
            .resideInAPackage(ROOM)
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("java..", ROOM);

    @ArchTest
    static final ArchRule CODECS_KNOW_NEITHER_PICTURES_NOR_PREPROCESSING = noClasses()
            .that()
            .resideInAPackage(ROOM + ".format")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(ROOM + ".picture", ROOM + ".preprocessing", ROOM + ".dataset", ROOM + ".simulation");

    @ArchTest
    static final ArchRule PREPROCESSING_KNOWS_NO_PICTURES = noClasses()
            .that()
            .resideInAPackage(ROOM + ".preprocessing")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(ROOM + ".picture", ROOM + ".dataset", ROOM + ".simulation");
}
