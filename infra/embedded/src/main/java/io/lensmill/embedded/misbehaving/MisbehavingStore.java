package io.lensmill.embedded.misbehaving;

import io.lensmill.storage.StoreSettings;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;

/**
 * Stands before a well-behaved S3 store, on 127.0.0.1, and misbehaves as it is told: for some keys or for all, for
 * every request or every n-th. Requests go on as they came, so that their signatures hold. One connection serves one
 * request.
 */
public final class MisbehavingStore implements AutoCloseable {

    private static final int WAITING_CONNECTIONS = 256;

    private final StoreSettings upstream;
    private final int port;
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "misbehaving-store");
        thread.setDaemon(true);
        return thread;
    });
    private final List<Rule> rules = new CopyOnWriteArrayList<>();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final AtomicLong requests = new AtomicLong();
    private ServerSocket server;

    private MisbehavingStore(StoreSettings upstream, ServerSocket server) {
        this.upstream = upstream;
        this.server = server;
        this.port = server.getLocalPort();
    }

    /** @param every of the requests for such a key, the first of which is number 1, this and its multiples */
    private record Rule(Pattern key, int every, Fault fault, AtomicInteger seen) {

        boolean meets(String asked) {
            return key.matcher(asked).matches() && seen.incrementAndGet() % every == 0;
        }
    }

    /** Begins to listen on a free port, and behaves. */
    public static MisbehavingStore before(StoreSettings upstream) throws IOException {
        MisbehavingStore store = new MisbehavingStore(upstream, listen(0));
        store.accept(store.server);
        return store;
    }

    /** Those of the store behind, at this one's address. */
    public StoreSettings settings() {
        return new StoreSettings(
                "http://127.0.0.1:" + port,
                upstream.accessKey(),
                upstream.secretKey(),
                upstream.bucket(),
                upstream.region());
    }

    /**
     * Does this to every request from now on that an earlier rule leaves alone.
     *
     * @param key regular expression that the whole key meets; the key of a request for the bucket is empty
     */
    public void misbehave(String key, Fault fault) {
        misbehave(key, 1, fault);
    }

    /**
     * As {@link #misbehave(String, Fault)}, to every n-th such request.
     *
     * @param every n, at least 1
     */
    public void misbehave(String key, int every, Fault fault) {
        if (every < 1) {
            throw new IllegalArgumentException("every must be at least 1; got " + every + ".");
        }
        rules.add(new Rule(Pattern.compile(key), every, fault, new AtomicInteger()));
    }

    /** Forgets all rules. */
    public void behave() {
        rules.clear();
    }

    /** Requests that have come so far. */
    public long requests() {
        return requests.get();
    }

    /** Closes the port and every connection: nobody is there. */
    public synchronized void goAway() throws IOException {
        server.close();
        for (Socket socket : open) {
            socket.close();
        }
    }

    /** Listens again, on the same port. */
    public synchronized void comeBack() throws IOException {
        server = listen(port);
        accept(server);
    }

    /** Goes away for good. */
    @Override
    public void close() throws IOException {
        goAway();
        threads.shutdownNow();
    }

    private static ServerSocket listen(int port) throws IOException {
        ServerSocket server = new ServerSocket();
        server.setReuseAddress(true);
        server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), WAITING_CONNECTIONS);
        return server;
    }

    private void accept(ServerSocket listening) {
        threads.execute(() -> {
            while (!listening.isClosed()) {
                try {
                    Socket client = listening.accept();
                    open.add(client);
                    threads.execute(() -> serve(client));
                } catch (IOException e) {
                    if (!listening.isClosed()) {
                        throw new UncheckedIOException(e);
                    }
                }
            }
        });
    }

    private void serve(Socket client) {
        try (client;
                BufferedInputStream in = new BufferedInputStream(client.getInputStream())) {
            Optional<HttpHead> head = HttpHead.read(in);
            if (head.isPresent()) {
                requests.incrementAndGet();
                String key = head.get().key();
                Optional<Fault> fault = rules.stream()
                        .filter(rule -> rule.meets(key))
                        .findFirst()
                        .map(Rule::fault);
                Exchange exchange = new Exchange(head.get(), in, client.getOutputStream(), this::connect);
                exchange.run(fault);
            }
        } catch (IOException e) {
            // The client is gone, or we went away: both are what this store is for.
        } finally {
            open.remove(client);
        }
    }

    private Socket connect() throws IOException {
        URI address = URI.create(upstream.endpoint());
        Socket socket = new Socket(address.getHost(), address.getPort());
        open.add(socket);
        return socket;
    }
}
