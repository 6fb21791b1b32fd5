package io.lensmill.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.lensmill.contracts.RefusalCode;
import io.lensmill.contracts.RefusedException;
import io.lensmill.storage.ObjectNotFoundException;
import io.lensmill.storage.ObjectTooLargeException;
import io.lensmill.storage.ObjectUnreadableException;
import io.lensmill.storage.StoreUnavailableException;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.junit.jupiter.api.Test;

class FailureTest {

    @Test
    void whatIsRefusedKeepsItsReason() {
        RefusedException reason = new RefusedException(RefusalCode.WRONG_SHAPE, "too flat");

        assertThat(Failure.of(reason)).isEqualTo(new Failure.Refused(reason));
    }

    @Test
    void anAnswerOfTheStoreAboutAnObjectIsARefusal() {
        assertThat(code(new ObjectNotFoundException("none"))).isEqualTo(RefusalCode.OBJECT_NOT_FOUND);
        assertThat(code(new ObjectTooLargeException("large"))).isEqualTo(RefusalCode.TOO_LARGE);
        assertThat(code(new ObjectUnreadableException("archived"))).isEqualTo(RefusalCode.OBJECT_UNREADABLE);
    }

    @Test
    void anOutageIsTriedAgain() {
        IOException away = new StoreUnavailableException("nobody there");

        assertThat(Failure.of(away)).isEqualTo(new Failure.TryAgain(away));
        assertThat(Failure.of(new UncheckedIOException(away))).isEqualTo(new Failure.TryAgain(away));
    }

    @Test
    void everythingElseIsAFaultOfOurs() {
        Throwable fault = new OutOfMemoryError("no room");

        assertThat(Failure.of(fault)).isEqualTo(new Failure.Ours(fault));
        assertThat(new Failure.Ours(fault).reason().code()).isEqualTo(RefusalCode.INTERNAL_ERROR);
        assertThat(Failure.of(new IllegalStateException())).isInstanceOf(Failure.Ours.class);
    }

    private static RefusalCode code(IOException answer) {
        return ((Failure.Refused) Failure.of(answer)).reason().code();
    }
}
