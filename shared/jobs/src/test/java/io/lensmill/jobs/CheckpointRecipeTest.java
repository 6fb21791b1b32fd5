package io.lensmill.jobs;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class CheckpointRecipeTest {

    private final CheckpointRecipe recipe = new CheckpointRecipe("blocks=1, 1 learningRate=0.01 seed=3 data=abc");

    @Test
    void theSameLineMayBeGoneOnWith() {
        assertThatCode(() -> recipe.requireSame("blocks=1, 1 learningRate=0.01 seed=3 data=abc"))
                .doesNotThrowAnyException();
    }

    @Test
    void anotherIsRefusedWithWhatDiffers() {
        assertThatThrownBy(() -> recipe.requireSame("blocks=1, 2 learningRate=0.01 seed=3 data=abd"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("The job's checkpoint cannot be gone on with: it was made with blocks=1, 2 data=abd, the"
                        + " request and its dataset now give blocks=1, 1 data=abc. Send the request under a new"
                        + " jobId.");
    }

    @Test
    void aCheckpointWithoutARecipeIsRefused() {
        assertThatThrownBy(() -> recipe.requireSame(null))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("an unknown recipe")
                .hasMessageContaining("new jobId");
    }
}
