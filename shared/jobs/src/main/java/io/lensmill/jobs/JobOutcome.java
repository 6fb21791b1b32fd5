package io.lensmill.jobs;

import io.lensmill.contracts.JobEvent;
import io.lensmill.contracts.RefusedException;

/** What became of a request, and so what its message deserves. */
public sealed interface JobOutcome {

    /** One word, for counters: SUCCEEDED, FAILED or CANCELLED, REFUSED, INTERRUPTED. */
    String end();

    /** The job has ended (SUCCEEDED, FAILED or CANCELLED), now or before: acknowledge. */
    record Ended(JobEvent event) implements JobOutcome {
        @Override
        public String end() {
            return event.getState().name();
        }
    }

    /** The request is not worked on: put it among the dead letters, then acknowledge. */
    record Refused(RefusedException reason) implements JobOutcome {
        @Override
        public String end() {
            return "REFUSED";
        }
    }

    /** The worker shuts down: do not acknowledge, so that the request comes again. */
    record Interrupted() implements JobOutcome {
        @Override
        public String end() {
            return "INTERRUPTED";
        }
    }
}
