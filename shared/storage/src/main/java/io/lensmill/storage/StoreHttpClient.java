package io.lensmill.storage;

import io.minio.Http;
import java.time.Duration;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import okhttp3.ConnectionPool;
import okhttp3.Dispatcher;
import okhttp3.OkHttpClient;

/** The HTTP client below the MinIO SDK. */
final class StoreHttpClient {

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
    /** Longest silence on an open connection, not the longest transfer. */
    private static final Duration SILENCE_TIMEOUT = Duration.ofSeconds(60);

    private static final int MAX_REQUESTS = 16;
    private static final long IDLE_THREAD_SECONDS = 10;

    /**
     * The SDK's own client knows SSL_CERT_FILE. It reads the machine's certificates, which takes most of a second: once
     * is enough.
     */
    private static final OkHttpClient BASE = Http.newDefaultClient();

    private StoreHttpClient() {}

    /**
     * A client with threads and connections of its own, so that one store can be closed and others go on. It follows no
     * redirection: a request is signed for one address, and what is elsewhere is no answer of the store.
     *
     * @param requests sends again what a busy store turned away, in place of the SDK's own repetitions, which nobody
     *     can see or end
     */
    static OkHttpClient create(PatientRequests requests, StorePatience patience) {
        OkHttpClient.Builder client = BASE.newBuilder();
        client.interceptors().clear();
        return client.addInterceptor(requests)
                .eventListenerFactory(call -> new AttemptDeadline(patience))
                .followRedirects(false)
                .connectionPool(new ConnectionPool())
                .connectTimeout(CONNECT_TIMEOUT)
                .readTimeout(SILENCE_TIMEOUT)
                .writeTimeout(SILENCE_TIMEOUT)
                .dispatcher(daemonDispatcher())
                .build();
    }

    /** With okhttp's own dispatcher a finished program would hang for a minute on its idle threads. */
    private static Dispatcher daemonDispatcher() {
        ThreadPoolExecutor executor = new ThreadPoolExecutor(
                0, Integer.MAX_VALUE, IDLE_THREAD_SECONDS, TimeUnit.SECONDS, new SynchronousQueue<>(), task -> {
                    Thread thread = new Thread(task, "object-store");
                    thread.setDaemon(true);
                    return thread;
                });
        Dispatcher dispatcher = new Dispatcher(executor);
        dispatcher.setMaxRequests(MAX_REQUESTS);
        dispatcher.setMaxRequestsPerHost(MAX_REQUESTS);
        return dispatcher;
    }
}
