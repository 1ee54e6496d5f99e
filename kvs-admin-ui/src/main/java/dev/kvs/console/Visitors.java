package dev.kvs.console;

import dev.kvs.client.KvsClient;
import dev.kvs.client.KvsClientException;
import dev.kvs.console.web.Request;
import dev.kvs.console.web.Seal;
import dev.kvs.console.web.Sessions;
import dev.kvs.wire.ErrorCode;
import java.time.InstantSource;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Who is asking. */
final class Visitors implements AutoCloseable {
    /** A node is asked so often at most whether it has access control: that changes with its configuration alone. */
    private static final long GUARDED_MILLIS = 30_000;

    private static final Pattern COOKIE = Pattern.compile("[0-9a-f]{64}");

    private final ConsoleSettings settings;
    private final InstantSource clock;
    private final Seal seal;
    private final Sessions sessions;
    private final KvsClient stranger;
    private volatile @Nullable Guarded guarded;

    /** Whether the node asks who is calling, and when it said so. */
    private record Guarded(boolean yes, long millis) {}

    /**
     * Somebody.
     *
     * @param cookie his browser's name for him, old or new
     * @param isNew whether his browser has to be told
     * @param session null when he is not logged in
     */
    record Visitor(String cookie, boolean isNew, Sessions.@Nullable Session session) {
        String user() {
            return session == null ? "" : session.user();
        }
    }

    Visitors(ConsoleSettings settings, InstantSource clock, Seal seal) {
        this.settings = settings;
        this.clock = clock;
        this.seal = seal;
        this.sessions = new Sessions(clock);
        this.stranger = settings.connect("");
    }

    Visitor of(Request request) {
        String cookie = request.cookie(settings.cookie(request.secure())).orElse("");
        if (!COOKIE.matcher(cookie).matches()) {
            return new Visitor(seal.freshName(), true, null);
        }
        return new Visitor(
                cookie, false, sessions.find(cookie, !request.isRefresh()).orElse(null));
    }

    /** Logs in, under a new name: the old one may be known to somebody else. */
    Visitor begin(Visitor before, Sessions.Session session) {
        sessions.end(before.cookie());
        String cookie = seal.freshName();
        sessions.begin(cookie, session);
        return new Visitor(cookie, true, session);
    }

    /** Logs out. */
    Visitor end(Visitor visitor) {
        sessions.end(visitor.cookie());
        return new Visitor(seal.freshName(), true, null);
    }

    /** Who asks the node for somebody who needs no login. */
    KvsClient stranger() {
        return stranger;
    }

    /** Whether the node wants to know who is calling. */
    boolean areChecked() {
        Guarded known = guarded;
        long now = clock.millis();
        if (known == null || now - known.millis() > GUARDED_MILLIS) {
            known = new Guarded(ask(), now);
            guarded = known;
        }
        return known.yes();
    }

    /** Whether the node, when it was last asked, let in whoever comes. */
    boolean areFree() {
        Guarded known = guarded;
        return known != null && !known.yes();
    }

    private boolean ask() {
        try {
            stranger.access().whoAmI();
            return true;
        } catch (KvsClientException.Refused refused) {
            if (refused.is(ErrorCode.UNKNOWN_PATH)) {
                return false;
            }
            if (refused.is(ErrorCode.UNAUTHORIZED) || refused.is(ErrorCode.RATE_LIMITED)) {
                return true;
            }
            throw refused;
        }
    }

    @Override
    public void close() {
        sessions.close();
        stranger.close();
    }
}
