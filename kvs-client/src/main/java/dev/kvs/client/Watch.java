package dev.kvs.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.kvs.wire.ErrorCode;
import dev.kvs.wire.Headers;
import dev.kvs.wire.MediaTypes;
import dev.kvs.wire.Operation;
import dev.kvs.wire.Parameters;
import dev.kvs.wire.Paths;
import dev.kvs.wire.Query;
import dev.kvs.wire.StreamedDocument;
import dev.kvs.wire.WireJson;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What happens to documents, as it happens: each change once, those of a key in order. When the connection breaks or the node
 * restarts, the watch goes on behind the last event at any server that answers within the client's total timeout. Used by one
 * thread; {@link #close} by any.
 */
public final class Watch implements AutoCloseable {
    private final Transport transport;
    private final String prefix;
    private String position;
    private volatile boolean closed;
    private volatile @Nullable OpenAnswer answer;
    private volatile @Nullable Future<?> guard;
    private int tries;
    private long silentSince;

    Watch(Transport transport, String prefix, @Nullable String since) {
        this.transport = transport;
        this.prefix = prefix;
        this.position = since == null ? "" : since;
        this.answer = open();
    }

    private OpenAnswer open() {
        Call call = Call.read(Paths.operation("", Operation.WATCH)
                        + new Query().with(Parameters.PREFIX, prefix.isEmpty() ? null : prefix))
                .accept(MediaTypes.EVENT_STREAM);
        OpenAnswer opened =
                transport.open(position.isEmpty() ? call : call.headers(Map.of(Headers.LAST_EVENT_ID, position)));
        guard(opened, -1);
        return opened;
    }

    /**
     * Closes a connection on which nothing has come since {@code parts}, not even that the node is alive: its other end may be
     * gone without a word, and a read would wait for ever. {@link #next} then opens another.
     */
    private void guard(OpenAnswer opened, long parts) {
        guard = ForkJoinPool.commonPool()
                .schedule(
                        () -> Thread.startVirtualThread(() -> look(opened, parts)),
                        transport.watchSilence().toNanos(),
                        TimeUnit.NANOSECONDS);
    }

    private void look(OpenAnswer opened, long parts) {
        long now = opened.parts();
        if (now == parts) {
            opened.close();
        } else if (!closed && opened == answer) {
            guard(opened, now);
        }
    }

    /** Where the watch stands; empty until the node has told. Another watch may go on from there. */
    public String position() {
        return position;
    }

    /** Waits for the next event; null when the watch was closed. */
    public @Nullable WatchEvent next() {
        while (true) {
            @Nullable KvsClientException failure = null;
            try {
                WatchEvent event = read(connected());
                if (event != null) {
                    return event;
                }
            } catch (KvsClientException.Unreachable | KvsClientException.TimedOut broken) {
                failure = broken;
            } catch (KvsClientException.Refused refused) {
                if (!passes(refused)) {
                    throw refused;
                }
                failure = refused;
            }
            if (closed || Thread.currentThread().isInterrupted()) {
                return null;
            }
            rest(failure);
        }
    }

    private OpenAnswer connected() {
        OpenAnswer open = answer;
        if (open == null) {
            open = open();
            answer = open;
            if (closed) {
                // Whoever closed the watch meanwhile found no connection to close.
                hangUp();
            }
        }
        return open;
    }

    /** Waits before the connection is opened again; gives up when nothing was heard for the total timeout. */
    private void rest(@Nullable KvsClientException failure) {
        hangUp();
        answer = null;
        if (tries == 0) {
            silentSince = transport.nanoTime();
        }
        if (!transport.pause(tries, silentSince)) {
            throw failure != null
                    ? failure
                    : new IllegalStateException("the watch is ended again and again as soon as it begins");
        }
        tries++;
    }

    private static boolean passes(KvsClientException.Refused refused) {
        return refused.is(ErrorCode.SHUTTING_DOWN) || refused.is(ErrorCode.OVERLOADED) || refused.is(ErrorCode.SYNCING);
    }

    /**
     * The next event of the connection; null at its end. The position moves with an event's end alone: a connection that breaks
     * within one has not brought it.
     */
    private @Nullable WatchEvent read(OpenAnswer answer) {
        String kind = "";
        String id = "";
        byte[] data = new byte[0];
        for (byte[] line = answer.readLine(); line != null; line = answer.readLine()) {
            String text = new String(line, StandardCharsets.UTF_8);
            if (text.startsWith("event: ")) {
                kind = text.substring("event: ".length());
            } else if (text.startsWith("data: ")) {
                data = text.substring("data: ".length()).getBytes(StandardCharsets.UTF_8);
            } else if (text.startsWith("id: ")) {
                id = text.substring("id: ".length());
            } else if (text.isEmpty()) {
                if (!id.isEmpty()) {
                    position = id;
                    tries = 0;
                }
                if (!kind.isEmpty()) {
                    return event(answer, kind, data);
                }
            }
        }
        return null;
    }

    private WatchEvent event(OpenAnswer answer, String kind, byte[] data) {
        try {
            return switch (kind) {
                case "put", "delete" ->
                    new WatchEvent(
                            WatchEvent.Kind.valueOf(kind.toUpperCase(Locale.ROOT)),
                            position,
                            WireJson.read(data, StreamedDocument.class));
                case "resync" -> new WatchEvent(WatchEvent.Kind.RESYNC, position, null);
                default -> throw answer.head().bad("the watch has an event '" + kind + "'");
            };
        } catch (JsonProcessingException unexpected) {
            throw answer.head().bad("an event of the watch is not a document", unexpected);
        }
    }

    /** Ends the watch; {@link #next} returns. */
    @Override
    public void close() {
        closed = true;
        hangUp();
    }

    /** Closes the connection, and lets its guard go: that would hold all that was read until its time is over. */
    private void hangUp() {
        Future<?> waiting = guard;
        if (waiting != null) {
            waiting.cancel(false);
        }
        OpenAnswer open = answer;
        if (open != null) {
            open.close();
        }
    }
}
