package dev.kvs.replication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kvs.model.Key;
import dev.kvs.model.Kind;
import dev.kvs.model.KvsException;
import dev.kvs.model.Version;
import dev.kvs.security.Rights;
import dev.kvs.storage.StoreFixture;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SystemKeyspaceTest {
    @TempDir
    Path folder;

    private LoneEngine engine;
    private SystemKeyspace system;

    @BeforeEach
    void open() throws IOException {
        engine = LoneEngine.over(StoreFixture.in(folder));
        system = new SystemKeyspace(
                engine.storage().store(), engine.coordinator(), engine.storage().time());
    }

    @AfterEach
    void close() throws IOException {
        engine.close();
    }

    private Version put(String path, String json) {
        return system.put(path, json.getBytes(StandardCharsets.UTF_8), new Expiry.Never(), WriteOptions.NONE)
                .version();
    }

    @Test
    void whatIsPutIsThereUntilItIsDeleted() {
        assertThat(system.get("users/ada")).isEmpty();
        Version version = put("users/ada", "1");
        assertThat(system.get("users/ada")).contains(version);
        assertThat(version.expiresAt()).isEqualTo(Version.NEVER);
        system.delete("users/ada", WriteOptions.NONE);
        assertThat(system.get("users/ada")).isEmpty();
    }

    @Test
    void conditionsHold() {
        WriteOptions ifNew = new WriteOptions(Rights.UNCHECKED, List.of(new Condition.Absent()), 1, null);
        Version version = system.put("users/ada", new byte[] {'1'}, new Expiry.Never(), ifNew)
                .version();
        assertThatThrownBy(() -> system.put("users/ada", new byte[] {'2'}, new Expiry.Never(), ifNew))
                .isInstanceOf(KvsException.class);
        WriteOptions ifSame =
                new WriteOptions(Rights.UNCHECKED, List.of(new Condition.IsOneOf(Set.of(version.uuid()))), 1, null);
        assertThat(system.put("users/ada", new byte[] {'3'}, new Expiry.Never(), ifSame)
                        .created())
                .isFalse();
    }

    @Test
    void aListingHasWhatLiesBelowADirectoryPageByPage() {
        for (int i = 0; i < 50; i++) {
            put("users/" + (10 + i), "{}");
        }
        put("users", "{}");
        put("users-of-old/ada", "{}");
        put("groups/admins/ada", "{}");
        put("groups/admins/bob", "{}");
        system.delete("users/30", WriteOptions.NONE);
        for (int round = 0; round < 2; round++) {
            List<String> paths = new ArrayList<>();
            List<Version> page = system.list("users", null, 7);
            while (!page.isEmpty()) {
                page.forEach(version -> paths.add(version.key().path()));
                page = system.list("users", paths.getLast(), 7);
            }
            assertThat(paths)
                    .hasSize(49)
                    .isSorted()
                    .doesNotContain("users/30")
                    .allMatch(path -> path.startsWith("users/"));
            assertThat(system.list("groups", null, 10))
                    .extracting(version -> version.key().path())
                    .containsExactly("groups/admins/ada", "groups/admins/bob");
            assertThat(system.list("policies", null, 10)).isEmpty();
            engine.storage().store().checkpoint();
        }
    }

    @Test
    void changesAreToldInOrderBeforeTheirWriterGoesOn() {
        List<Version> told = Collections.synchronizedList(new ArrayList<>());
        system.onChange(told::add);
        system.onChange(winner -> {
            throw new IllegalStateException("a listener that fails, on purpose");
        });
        List<Version> last = Collections.synchronizedList(new ArrayList<>());
        system.onChange(last::add);
        for (int i = 0; i < 20; i++) {
            Version version = put("users/ada", "" + i);
            assertThat(told.getLast()).isEqualTo(version);
        }
        Version deletion = system.delete("users/ada", WriteOptions.NONE).version();
        assertThat(told.getLast()).isEqualTo(deletion);
        assertThat(deletion.kind()).isEqualTo(Kind.TOMBSTONE);
        engine.coordinator().put(Key.of("users/ada"), new byte[] {'1'}, new Expiry.Never(), WriteOptions.NONE);
        assertThat(told).hasSize(21);
        assertThat(last).isEqualTo(told);
        assertThat(engine.storage().store().failure().reason()).isNull();
    }
}
