package io.lensmill.imaging.preprocessing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DihedralTest {

    private static final float[] IMAGE = {1, 2, 3, 4, 5, 6, 7, 8, 9};

    @Test
    void theEightSymmetriesDifferAndKeepEveryPixel() {
        // When
        List<float[]> all = new ArrayList<>();
        for (int symmetry = 0; symmetry < Dihedral.SYMMETRIES; symmetry++) {
            all.add(turned(symmetry));
        }

        // Then
        assertThat(all).doesNotHaveDuplicates();
        assertThat(all).allSatisfy(turned -> assertThat(turned).containsExactlyInAnyOrder(IMAGE));
        assertThat(all).allSatisfy(turned -> assertThat(turned[4]).isEqualTo(5));
    }

    @Test
    void theFirstLeavesTheImageAlone() {
        assertThat(turned(0)).containsExactly(IMAGE);
    }

    @Test
    void neighboursStayNeighbours() {
        // Then: 1 and 9 stand in opposite corners, whatever is done
        for (int symmetry = 0; symmetry < Dihedral.SYMMETRIES; symmetry++) {
            float[] turned = turned(symmetry);
            assertThat(turned[0] + turned[8]).isEqualTo(10);
            assertThat(turned[2] + turned[6]).isEqualTo(10);
        }
    }

    private static float[] turned(int symmetry) {
        float[] out = new float[10];
        Dihedral.apply(IMAGE, 3, symmetry, out, 1);
        float[] image = new float[9];
        System.arraycopy(out, 1, image, 0, 9);
        return image;
    }
}
