package io.lensmill.worker.reading;

import io.lensmill.contracts.Envelope;
import io.lensmill.contracts.RefusalCode;
import io.lensmill.contracts.RefusedException;
import io.lensmill.contracts.Topics;
import io.lensmill.contracts.UnseenRecords;
import io.lensmill.jobs.edge.WholeTopicReader;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jboss.logging.Logger;

/**
 * What consumer groups never saw, written to {@link Topics#UNSEEN} and read from there, so that it outlives every
 * worker. A gap that is found again, by this worker or another, counts once. Safe for use by several threads.
 */
public final class UnseenLedger implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(UnseenLedger.class);

    /** A gap is on its topic before the group goes on, if the broker takes it so soon; otherwise as soon as it does. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** Groups and topics that are remembered; Lensmill's own are a dozen. */
    private static final int MOST_ACCOUNTS = 1_000;

    private final Map<String, Object> broker;
    private final Consumer<UnseenRecords> publisher;
    private final ExecutorService writing = Executors.newSingleThreadExecutor(UnseenLedger::background);
    private final Map<GroupTopic, Account> accounts = new HashMap<>();
    private final Map<String, Long> foundHere = new HashMap<>();
    private final Set<String> groups = ConcurrentHashMap.newKeySet();
    private Consumer<UnseenTotal> listener = total -> {};
    private volatile WholeTopicReader reader;

    /**
     * @param broker bootstrap.servers and, where needed, security settings
     * @param publisher sends to {@link Topics#UNSEEN}, and returns when the broker has it
     */
    public UnseenLedger(Map<String, Object> broker, Consumer<UnseenRecords> publisher) {
        this.broker = broker;
        this.publisher = publisher;
    }

    /** @throws RefusedException when the bytes are no such message, or what it tells cannot be */
    public static UnseenRecords decode(byte[] message) throws RefusedException {
        UnseenRecords gap = Envelope.decode(message, UnseenRecords.class);
        boolean possible =
                gap.getPartition() >= 0 && gap.getFromOffset() >= 0 && gap.getToOffset() >= gap.getFromOffset();
        if (!possible) {
            throw new RefusedException(
                    RefusalCode.INVALID_PARAMETER,
                    "partition and fromOffset must be 0 or more, and toOffset not before fromOffset; got partition "
                            + gap.getPartition() + ", " + gap.getFromOffset() + " to " + gap.getToOffset() + ".");
        }
        return gap;
    }

    private record GroupTopic(String group, String topic) {}

    /** What is known of one group and topic. */
    private static final class Account {
        private final Map<Integer, OffsetRanges> partitions = new HashMap<>();
        private boolean upperBound;
        private long foundAt;

        private long records() {
            return partitions.values().stream().mapToLong(OffsetRanges::size).sum();
        }
    }

    /** Begins to read what was found before and by others; the topic exists. */
    public void start() {
        reader = new WholeTopicReader(broker, Topics.UNSEEN, this::onRecord);
    }

    /** Hears of each total that changes, on a thread that must not be held; of those that are known at once. */
    public void onChange(Consumer<UnseenTotal> news) {
        synchronized (accounts) {
            listener = news;
            all().forEach(news);
        }
    }

    /** A group that is read in here; its totals are this worker's to tell. */
    void reads(String group) {
        groups.add(group);
    }

    /** Counts a gap, and returns when it is written or the broker has kept us waiting. */
    void found(UnseenRecords gap) {
        long added = add(gap);
        if (added == 0) {
            return;
        }
        LOG.warnf(
                "%d records of %s, partition %d, were deleted before %s read them (offsets %d to %d)%s; it goes on with"
                        + " the oldest that there is",
                added,
                gap.getTopic(),
                gap.getPartition(),
                gap.getGroup(),
                gap.getFromOffset(),
                gap.getToOffset() - 1,
                gap.getPlaceKnown() ? "" : ", or fewer, for the broker does not know how far it had read");
        synchronized (accounts) {
            foundHere.merge(gap.getTopic(), added, Long::sum);
        }
        write(gap);
    }

    /** Records of a topic that this worker's groups found they never saw, since it was started. */
    public long foundHere(String topic) {
        synchronized (accounts) {
            return foundHere.getOrDefault(topic, 0L);
        }
    }

    /** Records by topic that the groups of this worker never saw, in all times; topics without any are left out. */
    public Map<String, Long> ofThisWorker() {
        Map<String, Long> byTopic = new TreeMap<>();
        all().stream()
                .filter(total -> groups.contains(total.group()))
                .forEach(total -> byTopic.merge(total.topic(), total.records(), Long::sum));
        return byTopic;
    }

    /** Everything that is known, of all groups. */
    public List<UnseenTotal> all() {
        synchronized (accounts) {
            return accounts.entrySet().stream()
                    .map(entry -> total(entry.getKey(), entry.getValue()))
                    .toList();
        }
    }

    @Override
    public void close() {
        writing.shutdownNow();
        if (reader != null) {
            reader.close();
        }
    }

    private void onRecord(ConsumerRecord<String, byte[]> message) {
        if (message.value() == null) {
            return;
        }
        try {
            add(decode(message.value()));
        } catch (RefusedException e) {
            LOG.warnf("A message on %s is passed over: %s", message.topic(), e.getMessage());
        }
    }

    private long add(UnseenRecords gap) {
        GroupTopic key = new GroupTopic(gap.getGroup(), gap.getTopic());
        long added;
        synchronized (accounts) {
            if (accounts.size() >= MOST_ACCOUNTS && !accounts.containsKey(key)) {
                return 0;
            }
            Account account = accounts.computeIfAbsent(key, unused -> new Account());
            added = account.partitions
                    .computeIfAbsent(gap.getPartition(), unused -> new OffsetRanges())
                    .add(gap.getFromOffset(), gap.getToOffset());
            account.upperBound |= !gap.getPlaceKnown();
            account.foundAt = Math.max(account.foundAt, gap.getFoundAt().toEpochMilli());
            if (added > 0) {
                listener.accept(total(key, account));
            }
        }
        return added;
    }

    private static UnseenTotal total(GroupTopic key, Account account) {
        return new UnseenTotal(key.group(), key.topic(), account.records(), account.upperBound, account.foundAt);
    }

    private void write(UnseenRecords gap) {
        try {
            Future<?> written = writing.submit(() -> publish(gap));
            written.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | RejectedExecutionException e) {
            LOG.debug("The gap is written later, or found again after the restart", e);
        } catch (ExecutionException e) {
            LOG.error("The gap was counted and could not be written", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void publish(UnseenRecords gap) {
        publisher.accept(gap);
    }

    private static Thread background(Runnable work) {
        Thread thread = new Thread(work, "unseen-records");
        thread.setDaemon(true);
        return thread;
    }
}
