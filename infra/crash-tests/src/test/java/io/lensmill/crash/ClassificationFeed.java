package io.lensmill.crash;

import io.lensmill.cli.messages.Broker;
import io.lensmill.contracts.ClassScore;
import io.lensmill.contracts.Classification;
import io.lensmill.contracts.Envelope;
import io.lensmill.contracts.ImageLabel;
import io.lensmill.contracts.ImageRole;
import io.lensmill.contracts.Topic;
import io.lensmill.contracts.Topics;
import io.lensmill.neural.CounterRandom;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Sends the results of two models on four collections, in a random order that the seed decides, at a steady rate: some
 * twice, some broken, some with a label that comes as a message of its own, before or after. When the limit that the
 * test has set is reached, it goes on with repeats, so that the stream never rests.
 */
final class ClassificationFeed implements AutoCloseable {

    static final List<String> MODELS = List.of("alpha", "beta");
    static final String REAL = "crash/real";

    private static final int DIMENSIONS = 12;
    private static final List<String> CLASSES = List.of("no", "sphere", "vort");
    private static final int REPEAT_EVERY = 11;
    private static final int BROKEN_EVERY = 97;
    private static final int LABEL_EVERY = 3;
    private static final int FILLING_PER_SECOND = 40;

    private record Message(Topic topic, String key, byte[] value) {}

    private final Broker broker;
    private final int perSecond;
    private final CounterRandom random;
    private final List<Message> messages = new ArrayList<>();
    private final Thread thread = new Thread(this::run, "feed");
    private volatile int limit;
    private volatile boolean closed;
    private volatile RuntimeException failure;

    ClassificationFeed(Broker broker, long seed, int perSecond) {
        this.broker = broker;
        this.perSecond = perSecond;
        this.random = new CounterRandom(seed);
        for (String model : MODELS) {
            add(model, REAL, 1100, ImageRole.REAL, null);
            add(model, "crash/generated", 800, ImageRole.GENERATED, REAL);
            add(model, "crash/few", 120, ImageRole.GENERATED, REAL);
            add(model, "crash/unlabelled", 400, ImageRole.REAL, null);
        }
        addBroken();
        shuffle();
        thread.setDaemon(true);
    }

    private void add(String model, String collection, int count, ImageRole role, String reference) {
        for (int i = 0; i < count; i++) {
            // The same images under both models.
            String image = collection + "/" + i;
            byte[] value = Envelope.encode(message(model, image, collection, role, reference));
            messages.add(new Message(Topics.CLASSIFICATIONS, image, value));
            if (random.nextInt(REPEAT_EVERY) == 0) {
                messages.add(new Message(Topics.CLASSIFICATIONS, image, value));
            }
            if (collection.equals("crash/unlabelled") && i % LABEL_EVERY == 0 && model.equals(MODELS.get(0))) {
                messages.add(new Message(Topics.LABELS, image, label(image)));
            }
        }
    }

    private Classification message(String model, String image, String collection, ImageRole role, String reference) {
        int trueClass = random.nextInt(CLASSES.size());
        float[] embedding = new float[DIMENSIONS];
        random.fillGaussian(embedding);
        for (int k = 0; k < DIMENSIONS; k++) {
            embedding[k] = embedding[k] * (1 + k / 4f) + trueClass + (role == ImageRole.GENERATED ? 0.2f : 0);
        }
        float[] scores = scores(trueClass);
        return Classification.newBuilder()
                .setResultId(model + image)
                .setImageId(image)
                .setCollection(collection)
                .setRole(role)
                .setReference(reference)
                .setLabel(collection.equals(REAL) ? CLASSES.get(trueClass) : null)
                .setModelId(model)
                .setExtractorId(model + ":weights:minmax-v1")
                .setScores(List.of(
                        new ClassScore(CLASSES.get(0), scores[0]),
                        new ClassScore(CLASSES.get(1), scores[1]),
                        new ClassScore(CLASSES.get(2), scores[2])))
                .setPredictedClass(CLASSES.get(highest(scores)))
                .setEmbedding(bytes(embedding))
                .setEmbeddingSize(DIMENSIONS)
                .setClassifiedAt(Instant.now())
                .build();
    }

    /** The softmax of noise with the true class lifted. */
    private float[] scores(int trueClass) {
        float[] logits = new float[CLASSES.size()];
        random.fillGaussian(logits);
        logits[trueClass] += 1;
        double sum = 0;
        for (float logit : logits) {
            sum += Math.exp(logit);
        }
        for (int k = 0; k < logits.length; k++) {
            logits[k] = (float) (Math.exp(logits[k]) / sum);
        }
        return logits;
    }

    private static int highest(float[] scores) {
        int best = scores[1] > scores[0] ? 1 : 0;
        return scores[2] > scores[best] ? 2 : best;
    }

    private static ByteBuffer bytes(float[] embedding) {
        ByteBuffer bytes = ByteBuffer.allocate(embedding.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(embedding);
        return bytes;
    }

    private byte[] label(String image) {
        return Envelope.encode(ImageLabel.newBuilder()
                .setImageId(image)
                .setLabel(CLASSES.get(random.nextInt(CLASSES.size())))
                .setLabelledAt(Instant.now())
                .build());
    }

    /** What is no message at all, an embedding that is not finite, scores that do not sum to 1, in turns. */
    private void addBroken() {
        int count = messages.size() / BROKEN_EVERY;
        for (int i = 0; i < count; i++) {
            String image = "broken-" + i;
            Classification broken = message(MODELS.get(0), image, REAL, ImageRole.REAL, null);
            if (i % 3 == 1) {
                broken.getEmbedding().order(ByteOrder.LITTLE_ENDIAN).putFloat(0, Float.NaN);
            } else if (i % 3 == 2) {
                broken.getScores().forEach(score -> score.setProbability(0.9f));
            }
            byte[] value = i % 3 == 0 ? new byte[] {1, 2, 3} : Envelope.encode(broken);
            messages.add(new Message(Topics.CLASSIFICATIONS, image, value));
        }
    }

    private void shuffle() {
        List<Message> ordered = List.copyOf(messages);
        int[] order = random.permutation(ordered.size());
        for (int i = 0; i < order.length; i++) {
            messages.set(i, ordered.get(order[i]));
        }
    }

    /** Messages to send, without those that fill pauses. */
    int size() {
        return messages.size();
    }

    void start(int firstLimit) {
        limit = firstLimit;
        thread.start();
    }

    /** Lets the messages up to this number go out. */
    void upTo(int newLimit) {
        limit = Math.min(newLimit, messages.size());
    }

    private void run() {
        try {
            CounterRandom choice = new CounterRandom(1);
            int sent = 0;
            while (!closed && sent < messages.size()) {
                boolean next = sent < limit;
                Message message = next ? messages.get(sent++) : messages.get(choice.nextInt(sent));
                broker.enqueue(message.topic(), message.key(), message.value(), Map.of());
                // A rate is what is wanted here, not a condition.
                LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(1) / (next ? perSecond : FILLING_PER_SECOND));
            }
            broker.flush();
        } catch (RuntimeException e) {
            failure = e;
        }
    }

    /** Waits until all is sent. */
    void awaitEnd() throws InterruptedException {
        thread.join();
        if (failure != null) {
            throw failure;
        }
    }

    @Override
    public void close() {
        closed = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
