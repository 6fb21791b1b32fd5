package io.lensmill.metricsworker.page.events;

import static org.assertj.core.api.Assertions.assertThat;

import io.lensmill.metricsworker.page.state.DeadLetterView;
import io.lensmill.metricsworker.page.state.PageState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EventFeedTest {

    private final PageState state = new PageState(false);
    private final EventFeed feed =
            new EventFeed(state, changes -> changes.deadLetters().size() + " letters", 2);
    private final Line line = new Line();

    @Test
    void tellsTheWholeStateFirstThenWhatChanged() {
        // Given
        letter(1);
        letter(2);
        feed.add(line, null, 0);
        // When
        feed.tick(1);
        letter(3);
        feed.tick(2);
        feed.tick(3);
        // Then
        assertThat(line.data()).containsExactly("data: 2 letters", "data: 1 letters");
    }

    @Test
    void anEmptyStateIsNewsToo() {
        // Given
        feed.add(line, null, 0);
        // When
        feed.tick(1);
        // Then
        assertThat(line.data()).containsExactly("data: 0 letters");
    }

    @Test
    void aSlowReaderGetsOneEventForAllThatItMissedAndHoldsNobodyUp() {
        // Given
        Line slow = new Line();
        feed.add(slow, null, 0);
        feed.add(line, null, 0);
        feed.tick(0);
        slow.busy = true;
        // When
        for (int i = 1; i <= 100; i++) {
            letter(i);
            feed.tick(i);
        }
        slow.busy = false;
        feed.tick(101);
        // Then
        assertThat(line.data()).hasSize(101);
        assertThat(slow.data()).containsExactly("data: 0 letters", "data: 100 letters");
    }

    @Test
    void aReaderThatComesBackGoesOnWhereItWas() {
        // Given
        letter(1);
        String lastEventId = state.instance() + "/" + state.version();
        letter(2);
        Line stranger = new Line();
        // When
        feed.add(line, lastEventId, 0);
        feed.add(stranger, "another-run/1", 0);
        feed.tick(1);
        // Then
        assertThat(line.data()).containsExactly("data: 1 letters");
        assertThat(stranger.data()).containsExactly("data: 2 letters");
    }

    @Test
    void aHeartbeatComesWhenNothingElseDid() {
        // Given
        feed.add(line, null, 0);
        feed.tick(0);
        // When
        feed.tick(14_999);
        feed.tick(15_000);
        feed.tick(15_001);
        // Then
        assertThat(line.written).filteredOn(text -> text.contains("heartbeat")).hasSize(1);
    }

    @Test
    void takesSoManyReadersAndNoMore() {
        // Given
        feed.add(line, null, 0);
        feed.add(new Line(), null, 0);
        // When
        boolean third = feed.add(new Line(), null, 0);
        line.gone = true;
        feed.tick(1);
        boolean afterwards = feed.add(new Line(), null, 0);
        // Then
        assertThat(third).isFalse();
        assertThat(afterwards).isTrue();
    }

    private void letter(int offset) {
        state.accept(DeadLetterView.of("0/" + offset, "key", Map.of(), 0, 0));
    }

    private static final class Line implements EventFeed.Connection {

        private final List<String> written = new ArrayList<>();
        private boolean busy;
        private boolean gone;

        @Override
        public boolean gone() {
            return gone;
        }

        @Override
        public boolean busy() {
            return busy;
        }

        @Override
        public void write(String text) {
            written.add(text);
        }

        List<String> data() {
            return written.stream()
                    .flatMap(String::lines)
                    .filter(text -> text.endsWith("letters"))
                    .toList();
        }
    }
}
