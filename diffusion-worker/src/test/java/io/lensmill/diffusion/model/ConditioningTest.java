package io.lensmill.diffusion.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.lensmill.neural.Network;
import io.lensmill.neural.engine.Executors;
import io.lensmill.neural.networks.UNet;
import io.lensmill.neural.networks.UNetConfig;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConditioningTest {

    @Test
    void theClassIsTheOneThatIsSet() {
        assertThat(new Conditioning(3, 2, 0).oneHot(7, 2)).containsExactly(0, 0, 1, 0, 0, 1);
        assertThat(new Conditioning(3, 2, 1).oneHot(7, 2)).containsExactly(0, 0, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0);
    }

    @Test
    void withoutOneTheClassesComeInTurnWhereverABatchBegins() {
        assertThat(Conditioning.inTurn(3, 0).oneHot(0, 4)).containsExactly(1, 0, 0, 0, 1, 0, 0, 0, 1, 1, 0, 0);
        assertThat(Conditioning.inTurn(3, 0).oneHot(20, 2)).containsExactly(0, 0, 1, 1, 0, 0);
        assertThat(Conditioning.inTurn(3, 1).oneHot(20, 2)).containsExactly(0, 0, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0);
        assertThat(Conditioning.inTurn(0, 0).oneHot(20, 2)).isEmpty();
    }

    @Test
    void guidanceLeadsFromTheAnswerWithoutToTheAnswerWithAClassAndBeyond() {
        try (Network network = Executors.best(UNet.define(new UNetConfig(4, List.of(1), 1, 4, 3)))) {
            // Given
            network.initialise(1);
            float[] images = new float[2 * 64];
            images[7] = 1;

            // When
            float[] without = new NetworkPass(network, 8).predict(new InferenceRequest(images, 2, 10, new float[6], 0));
            float[] with = ask(network, new Conditioning(3, 1, 0), images);
            float[] guided = ask(network, new Conditioning(3, 1, 1.5), images);

            // Then
            assertThat(with).isNotEqualTo(without);
            for (int i = 0; i < guided.length; i++) {
                assertThat(guided[i]).isCloseTo(2.5f * with[i] - 1.5f * without[i], within(1e-5f));
            }
        }
    }

    @Test
    void whatMakesNoSenseIsRefused() {
        assertThatThrownBy(() -> new Conditioning(3, 3, 0)).hasMessageContaining("classIndex must be -1 to 2; got 3");
        assertThatThrownBy(() -> Conditioning.inTurn(0, 1)).hasMessageContaining("0 without classes; got 1");
        assertThatThrownBy(() -> new Conditioning(3, 1, Double.NaN)).hasMessageContaining("guidance");
    }

    private static float[] ask(Network network, Conditioning conditioning, float[] images) {
        return new NetworkPass(network, 8).predict(conditioning.request(0, images, 2, 10));
    }
}
