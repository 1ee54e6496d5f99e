package dev.kvs.audit;

import dev.kvs.model.StoreId;
import org.jspecify.annotations.Nullable;

/**
 * The head of another node's chain, as it was heard.
 *
 * @param node that node's name at the time
 * @param millis when it was heard, milliseconds since the epoch
 */
public record Witness(Head head, String node, long millis) {
    /** What the own chain keeps of it. */
    public AuditEntry entry() {
        return new AuditEntry(
                EventKind.WITNESS, millis, node, "", head.store().value(), head.hash(), Long.toString(head.block()));
    }

    /** What an entry keeps; null when it is of another kind. */
    static @Nullable Witness of(byte[] encoded) {
        AuditEntry entry = EntryReader.witnessIn(encoded);
        if (entry == null || entry.uuid() == null || entry.digest() == null) {
            return null;
        }
        long block = Long.parseLong(entry.detail());
        return new Witness(new Head(new StoreId(entry.uuid()), block, entry.digest()), entry.actor(), entry.millis());
    }
}
