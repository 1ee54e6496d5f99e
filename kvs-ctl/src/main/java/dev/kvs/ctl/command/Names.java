package dev.kvs.ctl.command;

import dev.kvs.client.KvsClient;
import dev.kvs.client.ListQuery;
import dev.kvs.ctl.context.Context;
import dev.kvs.wire.Child;
import dev.kvs.wire.MemberInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Names that complete what somebody is typing: asked for with one request that may not take long. */
public final class Names {
    /** More than anybody looks through, and an answer of a few kilobytes. */
    private static final int KEYS_MAX = 100;

    /** Somebody is waiting with a finger on the key: no answer is better than a late one. */
    private static final String PATIENCE = "1s";

    private final Session session;
    private final Place place;

    /** Names as they are typed at a place. */
    public Names(Session session, Place place) {
        this.session = session;
        this.place = place;
    }

    /** The contexts that are kept. */
    public Stream<String> contexts() {
        return session.settings().contexts().all().stream().map(Context::name);
    }

    /** The members that a node knows. */
    public Stream<String> members() {
        try (KvsClient client = session.client(session.settings().timeout(PATIENCE))) {
            return client.members().stream().map(MemberInfo::id).toList().stream();
        }
    }

    /** Keys that begin so, up to their next slash; with the slash where more lies below. */
    public List<String> below(String partial) {
        int slash = partial.lastIndexOf('/');
        String path = partial.substring(0, slash + 1);
        String typed = partial.substring(slash + 1);
        String there = place.change(path.isEmpty() ? "." : path).prefix();
        List<String> names = new ArrayList<>();
        try (KvsClient client = session.client(session.settings().timeout(PATIENCE))) {
            ListQuery query = ListQuery.FIRST.withLimit(KEYS_MAX).withAfter(before(typed));
            for (Child child : client.ls(Arguments.prefix(there), query).children()) {
                if (child.subkey().startsWith(typed)) {
                    if (child.hasValue()) {
                        names.add(path + child.subkey());
                    }
                    if (child.directory()) {
                        names.add(path + child.subkey() + "/");
                    }
                }
            }
        }
        return names;
    }

    /** A name behind which, in byte order, all come that begin so, and hardly another before them; null for the first. */
    static @Nullable String before(String typed) {
        if (typed.isEmpty()) {
            return null;
        }
        int last = typed.codePointBefore(typed.length());
        String start = typed.substring(0, typed.length() - Character.charCount(last));
        int lower = switch (last) {
            case Character.MAX_SURROGATE + 1 -> Character.MIN_SURROGATE - 1;
            // No name has a slash in it, and the node takes none for one.
            case '/' + 1 -> '/' - 1;
            default -> last - 1;
        };
        return start + Character.toString(lower) + Character.toString(Character.MAX_CODE_POINT);
    }
}
