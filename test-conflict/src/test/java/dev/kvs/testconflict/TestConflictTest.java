package dev.kvs.testconflict;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kvs.boot.DataDirLock;
import dev.kvs.model.Hlc;
import dev.kvs.model.Key;
import dev.kvs.model.NodeId;
import dev.kvs.model.Version;
import dev.kvs.model.VersionOrder;
import dev.kvs.model.VersionVector;
import dev.kvs.platform.SystemRandomness;
import dev.kvs.platform.SystemTime;
import dev.kvs.platform.Time;
import dev.kvs.storage.Store;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestConflictTest {
    private static final Key DATA = Key.of("test/conflict/data");

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    Path folder;

    /** A clock that only this test moves, one second with each look: stores then differ in when they were founded. */
    private static final class SteppedTime implements Time {
        private final AtomicLong millis = new AtomicLong(1_700_000_000_000L);
        private final SystemTime real = new SystemTime();

        @Override
        public long epochMillis() {
            return millis.addAndGet(1_000);
        }

        @Override
        public long monotonicNanos() {
            return real.monotonicNanos();
        }
    }

    private final Time time = new SteppedTime();

    private int run(String... arguments) {
        return new TestConflict(time, new SystemRandomness(), new PrintWriter(out, true), new PrintWriter(err, true))
                .run(arguments);
    }

    private String directory(String name) {
        return folder.resolve(name).toString();
    }

    private <T> T in(String name, Function<Store, T> look) throws Exception {
        try (StoppedNode node =
                StoppedNode.open(folder.resolve(name), new NodeId(name), time, new SystemRandomness())) {
            return look.apply(node.store());
        }
    }

    private boolean has(String name, Key key) throws Exception {
        return in(name, store -> store.winner(key) != null);
    }

    private Version winner(String name, Key key) throws Exception {
        assertThat(has(name, key)).as("%s has %s", name, key).isTrue();
        return in(name, store -> Objects.requireNonNull(store.winner(key)));
    }

    private static String text(Version version) {
        return Seed.document(version);
    }

    @Test
    void bothDirectoriesGetOneKeyWithOneTimestampAndConcurrentVersions() throws Exception {
        assertThat(run(directory("ann"), directory("bob"))).as(err.toString()).isZero();

        Version ann = winner("ann", DATA);
        Version bob = winner("bob", DATA);
        assertThat(ann.hlc()).isEqualTo(bob.hlc());
        assertThat(ann.vector().compare(bob.vector())).isEqualTo(VersionVector.Relation.CONCURRENT);
        assertThat(ann.uuid()).isNotEqualTo(bob.uuid());
        assertThat(text(ann)).isEqualTo("{\"written_on\":\"ann\"}");
        assertThat(text(bob)).isEqualTo("{\"written_on\":\"bob\"}");
    }

    @Test
    void theDirectoryThatWasFoundedFirstWinsAndTheOutputSaysWhy() throws Exception {
        // Made first, so it joined earlier, although it is named second.
        in("elder", Store::id);

        run(directory("younger"), directory("elder"));

        Version elder = winner("elder", DATA);
        assertThat(VersionOrder.INSTANCE.winner(winner("younger", DATA), elder)).isEqualTo(elder);
        assertThat(out.toString())
                .contains("wins   " + elder.uuid() + "  elder in " + directory("elder"))
                .contains("Expect everywhere: {\"written_on\":\"elder\"}")
                .contains("the origin that joined earlier wins: elder joined")
                .contains(", younger joined");
    }

    @Test
    void keysCountValuesTimestampAndNamesAreWhatWasAskedFor() throws Exception {
        int code = run(
                directory("a"),
                directory("b"),
                "--key",
                "x",
                "--key",
                "y/z",
                "--count",
                "700",
                "--values",
                "{\"n\": 1.50},[2,3]",
                "--timestamp",
                "2023-01-02T03:04:05.006Z",
                "--nodes",
                "north,south");

        assertThat(code).as(err.toString()).isZero();
        for (String key : new String[] {"x/1", "x/700", "y/z/1", "y/z/700"}) {
            Version north = winner("a", Key.of(key));
            Version south = winner("b", Key.of(key));
            assertThat(text(north)).isEqualTo("{\"n\": 1.50}");
            assertThat(text(south)).isEqualTo("[2,3]");
            assertThat(north.hlc()).isEqualTo(south.hlc()).isEqualTo(Hlc.ofMillis(1_672_628_645_006L));
            assertThat(north.origin().node()).isEqualTo(new NodeId("north"));
            assertThat(south.origin().node()).isEqualTo(new NodeId("south"));
        }
        assertThat(has("a", DATA)).isFalse();
        assertThat(out.toString()).contains("1400 keys").contains("and 1390 more");
    }

    @Test
    void aSecondRunWinsOverTheFirstInEitherDirectory() throws Exception {
        run(directory("a"), directory("b"), "--values", "1,2");
        Version before = winner("a", DATA);

        assertThat(run(directory("a"), directory("b"), "--values", "3,4")).isZero();

        Version after = winner("a", DATA);
        assertThat(text(after)).isEqualTo("3");
        assertThat(text(winner("b", DATA))).isEqualTo("4");
        assertThat(after.hlc())
                .isGreaterThan(before.hlc())
                .isEqualTo(winner("b", DATA).hlc());
        assertThat(after.vector().compare(before.vector())).isEqualTo(VersionVector.Relation.DOMINATES);
    }

    @Test
    void aTimestampThatWouldLoseIsRefusedAndNothingIsWritten() throws Exception {
        run(directory("a"), directory("b"));
        Version before = winner("a", DATA);

        int code = run(directory("a"), directory("b"), "--key", "new", "--key", DATA.toString(), "--timestamp", "1000");

        assertThat(code).isEqualTo(2);
        assertThat(err.toString()).contains("would lose to it");
        assertThat(winner("a", DATA)).isEqualTo(before);
        assertThat(has("a", Key.of("new"))).isFalse();
    }

    @Test
    void aDirectoryThatANodeRunsOnIsRefusedAndTheOtherIsLeftAlone() throws Exception {
        run(directory("a"), directory("b"), "--values", "1,2");
        DataDirLock running = DataDirLock.acquire(folder.resolve("b"));
        try {
            assertThat(run(directory("a"), directory("b"), "--values", "3,4")).isEqualTo(4);
        } finally {
            running.close();
        }
        assertThat(err.toString())
                .contains("is using the data directory " + folder.resolve("b"))
                .contains("Stop it");
        assertThat(text(winner("a", DATA))).isEqualTo("1");
    }

    @Test
    void aDamagedStoreIsRefusedAndLeftAsItWas() throws Exception {
        run(directory("a"), directory("b"));
        Path manifest = folder.resolve("b").resolve("MANIFEST");
        Files.write(manifest, "nonsense".getBytes(StandardCharsets.UTF_8));

        assertThat(run(directory("a"), directory("b"))).isEqualTo(5);

        assertThat(err.toString()).contains("The store in " + folder.resolve("b") + " cannot be used");
        assertThat(Files.readString(manifest)).isEqualTo("nonsense");
    }

    @Test
    void argumentsThatMakeNoSenseAreRefusedWithAReason() {
        String a = directory("a");
        String b = directory("b");
        assertRefused("equal", a, b, "--values", "1,1");
        assertRefused("holds 1 documents", a, b, "--values", "{\"a\":1}");
        assertRefused("holds 3 documents", a, b, "--values", "1,2,3");
        assertRefused("two JSON documents", a, b, "--values", "{,}");
        assertRefused("--count is 1 to", a, b, "--count", "-1");
        assertRefused("--count is 1 to", a, b, "--count", "100001");
        assertRefused("neither milliseconds", a, b, "--timestamp", "yesterday");
        assertRefused("not in the past", a, b, "--timestamp", "9000000000000");
        assertRefused("not in the past", a, b, "--timestamp", "999999999999999999");
        assertRefused("_history", a, b, "--key", "a/_history");
        assertRefused("two stores", a, a);
        assertRefused("Two nodes need two names", a, b, "--nodes", "one,one");
        assertRefused("Two nodes need two names", a, b, "--nodes", "one");
        assertRefused("Missing required parameter", a);
        assertThat(folder.resolve("a")).doesNotExist();
    }

    private void assertRefused(String reason, String... arguments) {
        err.getBuffer().setLength(0);
        assertThat(run(arguments)).as(String.join(" ", arguments)).isEqualTo(2);
        assertThat(err.toString()).contains(reason);
    }
}
