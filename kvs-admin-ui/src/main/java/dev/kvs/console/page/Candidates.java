package dev.kvs.console.page;

import dev.kvs.client.AuditFilter;
import dev.kvs.client.ConflictQuery;
import dev.kvs.client.KvsClient;
import dev.kvs.client.RangeQuery;
import dev.kvs.wire.AuditEntries;
import dev.kvs.wire.ConflictPage;
import dev.kvs.wire.ConflictReport;
import dev.kvs.wire.RangePage;
import dev.kvs.wire.RawJson;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The keys that one page of a search looks at.
 *
 * @param next where the next page goes on; null behind the last
 * @param refusal why there are none, in a sentence; empty when the node has answered
 */
record Candidates(List<Candidate> all, @Nullable String next, String refusal) {
    /** Keys of conflicts and of the audit log on a page: each is asked for by itself. */
    private static final int ONE_BY_ONE = 100;

    /**
     * A key to look at.
     *
     * @param timestamp when it was written or deleted, milliseconds since the epoch
     * @param document null when it was not read, or is gone
     */
    record Candidate(
            String key,
            long timestamp,
            @Nullable Long expiresAt,
            @Nullable RawJson document) {
        long bytes() {
            return document == null ? 0 : document.utf8().length;
        }
    }

    private static Candidates none(String refusal) {
        return new Candidates(List.of(), null, refusal);
    }

    /** What is stored in a range. */
    static Candidates stored(KvsClient kvs, RangeQuery query) {
        RangePage page = kvs.range(query);
        return new Candidates(
                page.entries().stream()
                        .map(entry -> new Candidate(entry.key(), entry.timestamp(), entry.expiresAt(), entry.data()))
                        .toList(),
                page.next(),
                "");
    }

    /** What is stored under keys with an open conflict and this beginning. */
    static Candidates conflicted(Visit visit, String beginning, @Nullable String after) {
        Optional<ConflictPage> page = visit.ifAllowed(() ->
                visit.kvs().conflicts(ConflictQuery.ALL.withLimit(ONE_BY_ONE).withAfter(after)));
        if (page.isEmpty()) {
            return none("The node does not tell you of conflicts.");
        }
        List<Candidate> all = page.get().conflicts().stream()
                .filter(conflict -> conflict.status().equals(ConflictReport.OPEN))
                .map(ConflictReport::key)
                .filter(key -> key.startsWith(beginning))
                .distinct()
                .flatMap(key -> visit.kvs().get(key).stream())
                .map(value -> new Candidate(value.key(), value.timestamp(), value.expiresAt(), value.json()))
                .toList();
        return new Candidates(all, page.get().next(), "");
    }

    /** Keys with this beginning that somebody has deleted and nobody has written since, as the audit log knows them. */
    static Candidates deleted(Visit visit, String beginning, @Nullable String after) {
        AuditFilter filter =
                new AuditFilter(null, null, beginning.isEmpty() ? null : beginning, "delete", ONE_BY_ONE, after);
        Optional<AuditEntries> page = visit.ifAllowed(() -> visit.kvs().audit(filter));
        if (page.isEmpty()) {
            return none(
                    "Which keys were deleted is in the audit log (tamper_logging_enabled), which administrators read.");
        }
        List<Candidate> all = page.get().entries().stream()
                .filter(entry -> entry.key() != null)
                .map(entry -> new Candidate(Objects.requireNonNull(entry.key()), entry.time(), null, null))
                .collect(java.util.stream.Collectors.toMap(
                        Candidate::key, one -> one, (newest, _) -> newest, java.util.LinkedHashMap::new))
                .values()
                .stream()
                .filter(one -> !visit.kvs().exists(one.key()))
                .toList();
        return new Candidates(all, page.get().next(), "");
    }
}
