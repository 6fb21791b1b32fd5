package io.lensmill.jobs;

import io.lensmill.contracts.CancelRequest;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The cancel requests heard so far; the newest 10,000 are remembered. Safe for use by several threads. */
public final class Cancellations {

    private static final int REMEMBERED = 10_000;

    private final Map<String, CancelRequest> byJobId = new LinkedHashMap<>();

    public synchronized void accept(CancelRequest request) {
        byJobId.remove(request.getJobId());
        byJobId.put(request.getJobId(), request);
        if (byJobId.size() > REMEMBERED) {
            byJobId.remove(byJobId.keySet().iterator().next());
        }
    }

    public synchronized Optional<CancelRequest> find(String jobId) {
        return Optional.ofNullable(byJobId.get(jobId));
    }
}
