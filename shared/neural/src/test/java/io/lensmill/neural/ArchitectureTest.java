package io.lensmill.neural;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "io.lensmill.neural", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    private static final String ROOM = "io.lensmill.neural";

    @ArchTest
    static final ArchRule PACKAGES_FORM_NO_CIRCLE =
            slices().matching("io.lensmill.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule LOOPS_ON_THE_CPU_KNOW_NO_NETWORK = noClasses()
            .that()
            .resideInAPackage(ROOM + ".host")
            .should()
            .dependOnClassesThat()
            .resideInAPackage(ROOM);

    @ArchTest
    static final ArchRule DEFINITIONS_KNOW_NO_EXECUTOR = onlyKnows(ROOM, ROOM, ROOM + ".host", ROOM + ".weights");

    @ArchTest
    static final ArchRule FILES_OF_WEIGHTS_KNOW_NO_NETWORK = onlyKnows(ROOM + ".weights", ROOM + ".weights");

    @ArchTest
    static final ArchRule ARCHITECTURES_ARE_DEFINITIONS_ALONE = onlyKnows(ROOM + ".networks", ROOM, ROOM + ".networks");

    @ArchTest
    static final ArchRule TRAINING_KNOWS_NO_EXECUTOR =
            onlyKnows(ROOM + ".training", ROOM, ROOM + ".host", ROOM + ".training");

    @ArchTest
    static final ArchRule THE_VOCABULARY_OF_PROGRAMS_KNOWS_NO_OPERATION =
            onlyKnows(ROOM + ".onednn", ROOM, ROOM + ".host", ROOM + ".onednn");

    @ArchTest
    static final ArchRule LOWERINGS_KNOW_NO_NETWORK =
            onlyKnows(ROOM + ".onednn.lowering", ROOM, ROOM + ".host", ROOM + ".onednn", ROOM + ".onednn.lowering");

    @ArchTest
    static final ArchRule NETWORKS_ON_ONEDNN_KNOW_NO_OTHER_EXECUTOR = onlyKnows(
            ROOM + ".onednn.network",
            ROOM,
            ROOM + ".host",
            ROOM + ".onednn",
            ROOM + ".onednn.lowering",
            ROOM + ".onednn.network");

    @ArchTest
    static final ArchRule THE_REFERENCE_KNOWS_NOTHING_OF_ONEDNN = onlyKnows(
            ROOM + ".deeplearning4j..",
            ROOM,
            ROOM + ".host",
            ROOM + ".deeplearning4j",
            ROOM + ".deeplearning4j.kernels");

    @ArchTest
    static final ArchRule ONLY_WHO_CHOOSES_KNOWS_BOTH_EXECUTORS = noClasses()
            .that()
            .resideOutsideOfPackages(ROOM + ".engine", ROOM + ".onednn..", ROOM + ".deeplearning4j..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(ROOM + ".onednn..", ROOM + ".deeplearning4j..");

    /** Of this module; libraries are free. */
    private static ArchRule onlyKnows(String room, String... rooms) {
        return noClasses()
                .that()
                .resideInAPackage(room)
                .should()
                .dependOnClassesThat(resideInAPackage(ROOM + "..").and(not(resideInAnyPackage(rooms))));
    }
}
