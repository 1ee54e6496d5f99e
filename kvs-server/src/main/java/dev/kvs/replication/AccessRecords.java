package dev.kvs.replication;

import dev.kvs.model.Version;
import dev.kvs.platform.Time;
import dev.kvs.security.Records;
import dev.kvs.security.Rights;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Records about users, in the system keyspace. */
public record AccessRecords(SystemKeyspace system, Time time) implements Records {
    private static final WriteOptions ANYWAY = WriteOptions.by(Rights.NODE);

    @Override
    public void create(String path, byte[] json, long expiresAt) {
        WriteOptions ifNew = new WriteOptions(Rights.NODE, List.of(new Condition.Absent()), 1, null);
        system.put(path, json, expiry(expiresAt), ifNew);
    }

    @Override
    public void put(String path, byte[] json, long expiresAt) {
        system.put(path, json, expiry(expiresAt), ANYWAY);
    }

    private Expiry expiry(long expiresAt) {
        return expiresAt == FOR_GOOD
                ? new Expiry.Never()
                : new Expiry.After(Math.max(1, expiresAt - time.epochMillis()));
    }

    @Override
    public void delete(String path) {
        system.delete(path, ANYWAY);
    }

    /** Changes that come between the listener's registration and the end of the reading may be told twice. */
    @Override
    public void follow(BiConsumer<String, byte @Nullable []> listener) {
        system.onChange(version -> tell(version, listener));
        system.forEach(version -> tell(version, listener));
    }

    private void tell(Version version, BiConsumer<String, byte @Nullable []> listener) {
        boolean live = version.isLiveAt(time.epochMillis());
        listener.accept(SystemKeyspace.path(version.key()), live ? version.body() : null);
    }
}
