package dev.kvs.http;

import dev.kvs.model.Version;
import dev.kvs.replication.Condition;
import dev.kvs.wire.Headers;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.ServerRequestHeaders;
import java.util.ArrayList;
import java.util.List;

/** The conditions of a request, from its {@code If-Match} and {@code If-None-Match}. */
final class Conditions {
    private static final HeaderName IF_MATCH = HeaderNames.create(Headers.IF_MATCH);
    private static final HeaderName IF_NONE_MATCH = HeaderNames.create(Headers.IF_NONE_MATCH);

    /** What a conditional read comes to. */
    enum ReadOutcome {
        /** Answer with the document. */
        PROCEED,
        /** The caller has this form of this version: 304. */
        NOT_MODIFIED,
        /** The caller asked for another version: 412. */
        FAILED
    }

    private Conditions() {}

    /** The conditions of a write, decided by the coordinator. A tag of either form names its version. */
    static List<Condition> ofWrite(ServerRequestHeaders headers) {
        boolean match = headers.contains(IF_MATCH);
        boolean noneMatch = headers.contains(IF_NONE_MATCH);
        if (!match && !noneMatch) {
            return List.of();
        }
        List<Condition> conditions = new ArrayList<>(2);
        if (match) {
            EntityTags tags = tags(headers, IF_MATCH);
            conditions.add(tags.any() ? new Condition.Exists() : new Condition.IsOneOf(tags.strongVersions()));
        }
        if (noneMatch) {
            EntityTags tags = tags(headers, IF_NONE_MATCH);
            conditions.add(tags.any() ? new Condition.Absent() : new Condition.IsNoneOf(tags.allVersions()));
        }
        return conditions;
    }

    /** Decides a read of a document that is there. {@code tag} is the entity tag of the form that would be sent. */
    static ReadOutcome ofRead(ServerRequestHeaders headers, Version version, String tag) {
        if (headers.contains(IF_MATCH)) {
            EntityTags tags = tags(headers, IF_MATCH);
            if (!tags.any() && !tags.strongVersions().contains(version.uuid())) {
                return ReadOutcome.FAILED;
            }
        }
        if (headers.contains(IF_NONE_MATCH)) {
            EntityTags tags = tags(headers, IF_NONE_MATCH);
            if (tags.any() || tags.matchesWeakly(tag)) {
                return ReadOutcome.NOT_MODIFIED;
            }
        }
        return ReadOutcome.PROCEED;
    }

    private static EntityTags tags(ServerRequestHeaders headers, HeaderName name) {
        return EntityTags.parse(name, headers.get(name).allValues());
    }
}
