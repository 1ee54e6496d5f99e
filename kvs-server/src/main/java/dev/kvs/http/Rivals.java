package dev.kvs.http;

import dev.kvs.model.Conflict;
import dev.kvs.model.Dot;
import dev.kvs.model.Hlc;
import dev.kvs.model.Kind;
import dev.kvs.model.Version;
import dev.kvs.replication.Reader;
import dev.kvs.wire.ConflictReport;
import dev.kvs.wire.Rival;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Conflicts and their rivals in the words of the contract. */
final class Rivals {
    private Rivals() {}

    /** A conflict, with what is known of its rivals' documents from the key's history. */
    static ConflictReport report(Conflict conflict, List<Reader.Revision> history) {
        UUID winner = history.isEmpty() ? null : history.getFirst().version().uuid();
        Set<UUID> kept = restorable(history);
        Conflict.Closing closing = conflict.closing();
        return new ConflictReport(
                conflict.id(),
                conflict.key().toString(),
                conflict.isOpen() ? ConflictReport.OPEN : ConflictReport.CLOSED,
                word(conflict.rule()),
                conflict.times(),
                conflict.firstMillis(),
                conflict.lastMillis(),
                conflict.rivals().stream()
                        .map(rival -> wire(rival, winner, kept))
                        .toList(),
                votes(conflict),
                closing == null ? null : closing.by(),
                closing == null ? null : (Long) closing.atMillis());
    }

    static List<ConflictReport.Vote> votes(Conflict conflict) {
        return conflict.vote().stream()
                .map(ballot -> new ConflictReport.Vote(ballot.member().value(), ballot.choice()))
                .toList();
    }

    static Rival wire(Conflict.Rival rival, @Nullable UUID winner, Set<UUID> kept) {
        return new Rival(
                rival.uuid(),
                Hlc.millis(rival.hlc()),
                Hlc.counter(rival.hlc()),
                rival.origin().node().value(),
                rival.origin().joinedMillis(),
                rival.origin().store().value(),
                rival.sequence(),
                word(rival.kind()),
                vector(rival),
                rival.uuid().equals(winner),
                kept.contains(rival.uuid()));
    }

    private static Map<String, Long> vector(Conflict.Rival rival) {
        Map<String, Long> vector = new TreeMap<>();
        for (Dot dot : rival.vector().dots()) {
            vector.put(dot.store().toString(), dot.sequence());
        }
        return vector;
    }

    /** The versions whose documents can be written again. */
    static Set<UUID> restorable(List<Reader.Revision> history) {
        return history.stream()
                .map(Reader.Revision::version)
                .filter(version -> version.kind() != Kind.TOMBSTONE && version.body() != null)
                .map(Version::uuid)
                .collect(Collectors.toSet());
    }

    /** A constant as the contract writes it. */
    static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
