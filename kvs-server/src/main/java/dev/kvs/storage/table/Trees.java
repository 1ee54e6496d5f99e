package dev.kvs.storage.table;

import dev.kvs.storage.format.DamagedException;
import java.util.List;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.type.ByteArrayDataType;
import org.h2.mvstore.type.DataType;
import org.h2.mvstore.type.LongDataType;

/**
 * What a checkpoint writes for every key and version: B-trees of H2's storage engine, beside its SQL tables in the same file.
 * SQL would keep an undo log and visit each row once more when its transaction ends; a checkpoint needs neither, because {@link
 * JournaledFile} makes all of it count at once or not at all. Decision 0023.
 *
 * <p>One thread writes. Readers need no lock, and see a change as soon as it is made; the order of the writes (versions, then
 * the rows that name them, then removals) is what they can rely on.
 */
record Trees(VersionTree versions, CurrentTree current, DeadVersions dead, Agenda agenda) {
    private static final String VERSIONS = "kvs.versions";
    private static final String TIMELINE = "kvs.timeline";
    private static final String CURRENT = "kvs.current";
    private static final String LEAVES = "kvs.leaves";
    private static final String DEAD = "kvs.dead";
    private static final String AGENDA = "kvs.agenda";

    /** Opens the trees, which must be there unless {@code isNew}. */
    static Trees open(MVStore store, boolean isNew) throws DamagedException {
        for (String name : List.of(VERSIONS, TIMELINE, CURRENT, LEAVES, DEAD, AGENDA)) {
            if (!isNew && !store.hasMap(name)) {
                throw new DamagedException("The tables have no tree " + name + ".");
            }
        }
        VersionTree versions = new VersionTree(
                open(store, VERSIONS, LongDataType.INSTANCE), open(store, TIMELINE, LongDataType.INSTANCE));
        LeafIndex leaves = new LeafIndex(open(store, LEAVES, LongDataType.INSTANCE));
        return new Trees(
                versions,
                new CurrentTree(open(store, CURRENT, ByteArrayDataType.INSTANCE), leaves),
                new DeadVersions(open(store, DEAD, LongDataType.INSTANCE), versions),
                new Agenda(open(store, AGENDA, ByteArrayDataType.INSTANCE)));
    }

    private static <K> MVMap<K, byte[]> open(MVStore store, String name, DataType<K> keys) {
        return store.openMap(name, new MVMap.Builder<K, byte[]>().keyType(keys).valueType(ByteArrayDataType.INSTANCE));
    }
}
