package io.lensmill.metricsworker.page;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.lensmill.contracts.Names;
import io.lensmill.contracts.RefusedException;
import io.lensmill.metricsworker.page.events.EventFeed;
import io.lensmill.metricsworker.page.state.Changes;
import io.lensmill.metricsworker.page.state.PageState;
import io.lensmill.metricsworker.page.store.PatientStore;
import io.lensmill.metricsworker.page.store.SheetKey;
import io.lensmill.reading.UnreadableJsonException;
import io.lensmill.storage.ObjectKey;
import io.lensmill.storage.ObjectRefusedException;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.HostAndPort;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.util.Optional;
import org.jboss.logging.Logger;

/** The page's addresses below {@code /api}; the page itself is a static resource, which Quarkus serves. */
final class PageRoutes {

    private static final Logger LOG = Logger.getLogger(PageRoutes.class);
    private static final ObjectMapper JSON =
            new ObjectMapper().setDefaultPropertyInclusion(JsonInclude.Include.NON_NULL);
    private static final String JSON_TYPE = "application/json; charset=utf-8";

    private final PageState state;
    private final EventFeed feed;
    private final PatientStore store;

    PageRoutes(PageState state, EventFeed feed, PatientStore store) {
        this.state = state;
        this.feed = feed;
        this.store = store;
    }

    void add(Router router) {
        router.route("/api/*").handler(PageRoutes::requireOwnName);
        router.get("/api/state").handler(this::state);
        router.get("/api/events").handler(this::events);
        router.get("/api/sheets/*").blockingHandler(this::sheet, false);
        router.get("/api/curves/:model").blockingHandler(this::curve, false);
        router.route("/api/*").handler(context -> refuse(context, 404, "The page has no such address."));
    }

    private static void requireOwnName(RoutingContext context) {
        String local = context.request().localAddress().hostAddress();
        if (LoopbackHost.answers(local, host(context))) {
            context.next();
        } else {
            refuse(context, 403, "Ask for localhost or an address: another site's name leads here.");
        }
    }

    /** With HTTP/2 the host has a place of its own. */
    private static String host(RoutingContext context) {
        HostAndPort authority = context.request().authority();
        return authority == null ? context.request().getHeader("Host") : authority.toString();
    }

    static String json(Changes changes) {
        try {
            return JSON.writeValueAsString(changes);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Records of numbers and texts can always be written as JSON", e);
        }
    }

    private void state(RoutingContext context) {
        answer(context, JSON_TYPE, Buffer.buffer(json(state.since(0))), "no-store");
    }

    private void events(RoutingContext context) {
        EventConnection connection = new EventConnection(context.response());
        if (!feed.add(connection, context.request().getHeader("Last-Event-ID"), System.currentTimeMillis())) {
            context.response().setChunked(false);
            refuse(context, 503, "Too many pages are open.");
        }
    }

    private void sheet(RoutingContext context) {
        Optional<ObjectKey> key = SheetKey.of(context.pathParam("*"));
        if (key.isEmpty()) {
            refuse(context, 404, "That is no contact sheet.");
            return;
        }
        try {
            // A job that is run again under its id may write another picture, so it is asked for again after a minute.
            Buffer content = Buffer.buffer(store.objects().sheet(key.get()));
            answer(context, "image/png", content, "private, max-age=60");
        } catch (IOException e) {
            refuse(context, e);
        }
    }

    private void curve(RoutingContext context) {
        try {
            String model = Names.requireId("model", context.pathParam("model"));
            answer(context, JSON_TYPE, Buffer.buffer(store.objects().learningCurve(model)), "private, max-age=60");
        } catch (RefusedException e) {
            refuse(context, 404, "That is no model.");
        } catch (IOException e) {
            refuse(context, e);
        }
    }

    private static void answer(RoutingContext context, String type, Buffer content, String caching) {
        context.response()
                .putHeader("Content-Type", type)
                .putHeader("Cache-Control", caching)
                .end(content);
    }

    /** The store's own words name its address and bucket; they go to the log. */
    private static void refuse(RoutingContext context, IOException failure) {
        if (failure instanceof ObjectRefusedException) {
            refuse(context, 404, "The object store has nothing there that it hands out.");
            return;
        }
        if (failure instanceof UnreadableJsonException) {
            LOG.warn(failure.getMessage());
            refuse(context, 404, "What the object store has there cannot be read; the worker's log says why.");
            return;
        }
        LOG.debugf(failure, "The page could not read from the object store");
        refuse(context, 503, "The object store is not configured or does not answer; the worker's log says more.");
    }

    private static void refuse(RoutingContext context, int status, String reason) {
        context.response()
                .setStatusCode(status)
                .putHeader("Content-Type", "text/plain; charset=utf-8")
                .putHeader("Cache-Control", "no-store")
                .end(reason);
    }
}
