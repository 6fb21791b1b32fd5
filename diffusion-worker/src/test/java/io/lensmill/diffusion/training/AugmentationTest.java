package io.lensmill.diffusion.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AugmentationTest {

    private static final float[] IMAGE = {1, 2, 3, 4, 5, 6, 7, 8, 9};

    @Test
    void hasTheEightFormsOfTheSquare() {
        // When
        Set<String> forms = new HashSet<>();
        for (int variant = 0; variant < Augmentation.DIHEDRAL.variants(); variant++) {
            forms.add(Arrays.toString(form(variant)));
        }

        // Then
        assertThat(forms).hasSize(8);
        assertThat(form(0)).containsExactly(IMAGE);
        assertThat(form(1)).containsExactly(3, 2, 1, 6, 5, 4, 9, 8, 7);
        assertThat(form(2)).containsExactly(7, 8, 9, 4, 5, 6, 1, 2, 3);
        assertThat(form(4)).containsExactly(1, 4, 7, 2, 5, 8, 3, 6, 9);
    }

    @Test
    void everyNumberKeepsTheFormThatCheckpointsOfBeforeWereTrainedWith() {
        assertThat(form(3)).containsExactly(9, 8, 7, 6, 5, 4, 3, 2, 1);
        assertThat(form(5)).containsExactly(7, 4, 1, 8, 5, 2, 9, 6, 3);
        assertThat(form(6)).containsExactly(3, 6, 9, 2, 5, 8, 1, 4, 7);
        assertThat(form(7)).containsExactly(9, 6, 3, 8, 5, 2, 7, 4, 1);
    }

    @Test
    void noneLeavesTheImageAsItIs() {
        assertThat(Augmentation.NONE.variants()).isEqualTo(1);
    }

    private static float[] form(int variant) {
        float[] out = new float[9];
        Augmentation.write(IMAGE, 3, variant, out);
        return out;
    }
}
