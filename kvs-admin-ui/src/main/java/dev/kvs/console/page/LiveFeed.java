package dev.kvs.console.page;

import dev.kvs.client.ConflictQuery;
import dev.kvs.client.KvsClientException;
import dev.kvs.console.web.Feed;
import dev.kvs.wire.ErrorCode;
import dev.kvs.wire.MemberInfo;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Tells a browser that something has changed, not what: its pages are fetched again then. What is compared are a few small answers
 * of the node, so a stream costs the same however much is written, and next to nothing when nothing is. A stream that begins where
 * another ended says nothing until there is more. It ends with its session: the browser opens the next one, in the name of whoever
 * is logged in then.
 *
 * <pre>{@code
 * event: change
 * id: 5f3c2a9b
 * data: 5f3c2a9b
 * }</pre>
 */
final class LiveFeed implements Feed {
    /** Questions between two signs of life: proxies give up after a minute of silence. */
    private static final int BEAT = 8;

    /** Milliseconds between two questions: news may come so late. */
    private static final long PAUSE_MILLIS = 2_000;

    private final Visit visit;
    private String told;
    private int silent;
    private boolean over;

    LiveFeed(Visit visit) {
        this.visit = visit;
        this.told = visit.request().header("last-event-id");
    }

    @Override
    public byte @Nullable [] next() {
        return over ? null : event().getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public long pauseMillis() {
        return PAUSE_MILLIS;
    }

    @Override
    public void close() {
        // The client belongs to the visitor's session.
    }

    private String event() {
        String now = state();
        if (now.equals(told)) {
            return ++silent % BEAT == 1 ? ": alive\n\n" : "";
        }
        boolean first = told.isEmpty();
        told = now;
        silent = 0;
        // The page that opened the stream has just been fetched: its state only gets its name.
        String event = first ? "state" : "change";
        return "retry: 3000\nevent: " + event + "\nid: " + now + "\ndata: " + now + "\n\n";
    }

    private String state() {
        try {
            List<Object> seen =
                    visit.kvs().members().stream().<Object>map(LiveFeed::seen).toList();
            Object root = visit.ifAllowed(() -> visit.kvs().merkleRoot().root()).orElse("");
            Object conflicts = visit.ifAllowed(() -> visit.kvs()
                            .conflicts(ConflictQuery.ALL.withLimit(1))
                            .conflicts())
                    .orElse(List.of());
            return Integer.toHexString(Objects.hash(seen, root, conflicts));
        } catch (KvsClientException silentNode) {
            over = visit.kvs().isClosed()
                    || (silentNode instanceof KvsClientException.Refused refused && refused.is(ErrorCode.UNAUTHORIZED));
            return "silent";
        }
    }

    /** What of a member is news; that it was seen again is not. */
    private static Object seen(MemberInfo member) {
        return List.of(member.id(), member.state(), member.mode(), member.lag() == 0, member.version());
    }
}
