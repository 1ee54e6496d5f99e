package dev.kvs.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kvs.model.KvsException;
import dev.kvs.platform.CrashModel;
import dev.kvs.platform.DiskOperation;
import dev.kvs.platform.SimDisk;
import dev.kvs.storage.format.DamagedException;
import dev.kvs.wire.ErrorCode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A bit that changed at rest, anywhere in a store: either the node says so, at the start or when it reads the place, or
 * nothing is missing. It never serves less, or something else, in silence.
 */
@ExtendWith(SilentStorage.class)
class BitFlipTest {
    private static final long SEED = 20_261_121;

    /** The last checkpoint is after step 6, so two steps are in the log alone. */
    private static final int STEPS = 8;

    private static final int CHECKPOINT = 6;

    private static final int FLIPS = 150;
    private static final int TRAILER_BYTES = 28;
    private static final int TRAILER_FILE_LENGTH = 12;
    private static final int REFUSED = -1;

    private static final Path MANIFEST = Path.of("MANIFEST");
    private static final Path TABLES = Path.of("store.mv.db");
    private static final Path JOURNAL = Path.of("store.mv.db.journal");

    private final StoreSubject sound = new StoreSubject(disk -> disk);
    private final List<Store> opened = new ArrayList<>();

    /** H2 keeps what is not closed for as long as the JVM lives. */
    @AfterEach
    void close() {
        for (Store store : opened) {
            try {
                store.close();
            } catch (IOException | KvsException metTheBit) {
                assertThat(metTheBit.getMessage()).as("what it met").isNotBlank();
            }
        }
    }

    @Test
    void everyBitOfTheManifestCounts() throws IOException {
        SimDisk disk = closed();
        long bits = disk.open(MANIFEST).size() * 8;
        int refused = 0;
        for (long bit = 0; bit < bits; bit++) {
            refused += found(flipped(disk, MANIFEST, bit), sound) == REFUSED ? 1 : 0;
        }
        assertThat(refused).isEqualTo((int) bits);
    }

    @ParameterizedTest
    @ValueSource(strings = {"store.mv.db", "store.mv.db.sums"})
    void theTablesAreWholeOrRefuse(String file) throws IOException {
        SimDisk disk = closed();
        long bits = disk.open(Path.of(file)).size() * 8;
        SplittableRandom random = new SplittableRandom(SEED);
        int refused = 0;
        for (int i = 0; i < FLIPS; i++) {
            long bit = random.nextLong(bits);
            int found = found(flipped(disk, Path.of(file), bit), sound);
            assertThat(found).as("seed %d, bit %d of %s", SEED, bit, file).isIn(REFUSED, STEPS);
            refused += found == REFUSED ? 1 : 0;
        }
        assertThat(refused).as("flips that were noticed").isPositive();
    }

    /** A journal that was synced and not yet applied: damage only means that the log tells it all again. */
    @Test
    void aJournalThatDoesNotCountIsMadeUpForByTheLog() throws IOException {
        SimDisk disk = sealed();
        assertThat(found(disk.fork(), sound)).isEqualTo(CHECKPOINT);
        SplittableRandom random = new SplittableRandom(SEED);
        long bits = disk.open(JOURNAL).size() * 8;
        assertFlips(disk, JOURNAL, _ -> random.nextLong(bits), CHECKPOINT);
        assertFlips(disk, JOURNAL, _ -> bits - 1 - random.nextLong(TRAILER_BYTES * 8), CHECKPOINT);
    }

    @Test
    void aTrailerWhoseChecksumIsIgnoredIsFound() throws IOException {
        StoreSubject careless = new StoreSubject(PlantedFault.IGNORE_THE_TRAILERS_CHECKSUM::plant);
        SimDisk disk = sealed();
        long length = disk.open(JOURNAL).size() - TRAILER_BYTES + TRAILER_FILE_LENGTH;
        int wrong = 0;
        // The two bytes of the length that say where in the first 16 MiB the file ends.
        for (long bit = (length + 5) * 8; bit < (length + 7) * 8; bit++) {
            wrong += found(flipped(disk, JOURNAL, bit), careless) == CHECKPOINT ? 0 : 1;
        }
        assertThat(wrong).as("flips in the trailer that did harm").isPositive();
    }

    /** A store whose power went between the sync of the checkpoint's journal and the first write to the tables. */
    private SimDisk sealed() throws IOException {
        List<DiskOperation> operations = new ArrayList<>();
        SimDisk measured = new SimDisk(SEED);
        measured.beforeEach(operations::add);
        lived(measured, CHECKPOINT);
        int last = operations.size() - 1;
        while (operations.get(last).kind() != DiskOperation.Kind.WRITE
                || !operations.get(last).path().equals(TABLES)) {
            last--;
        }
        while (operations.get(last - 1).path().equals(TABLES)) {
            last--;
        }
        assertThat(operations.get(last - 1).path()).isEqualTo(JOURNAL);
        SimDisk disk = new SimDisk(SEED);
        disk.crashAfter(last + 1L);
        assertThatThrownBy(() -> lived(disk, CHECKPOINT)).isInstanceOf(KvsException.class);
        disk.restart(CrashModel.LOSE_ALL);
        return disk;
    }

    private Store lived(SimDisk disk, int steps) throws IOException {
        Store store = sound.open(disk);
        opened.add(store);
        for (int step = 1; step <= steps; step++) {
            sound.step(store, step);
        }
        return store;
    }

    /**
     * The last frame of a log that was not closed is the exception that no checksum can remove: a frame that was half
     * written when the power went looks the same, and was never acknowledged.
     */
    @Test
    void aLogThatWasSyncedRefusesButForItsLastFrame() throws IOException {
        SimDisk disk = new SimDisk(SEED);
        Store store = lived(disk, STEPS - 1);
        long beforeLast = store.stats().logBytes();
        sound.step(store, STEPS);
        Path segment = Path.of("log").resolve(disk.list(Path.of("log")).getLast());
        long bytes = disk.open(segment).size();
        assertThat(bytes).isEqualTo(store.stats().logBytes()).isGreaterThan(beforeLast);

        assertFlips(disk, segment, random -> random.nextLong(beforeLast * 8), REFUSED);
        assertFlips(disk, segment, random -> random.nextLong(beforeLast * 8, bytes * 8), STEPS - 1);
    }

    private void assertFlips(SimDisk disk, Path file, Choice choice, int expected) throws IOException {
        SplittableRandom random = new SplittableRandom(SEED);
        for (int i = 0; i < FLIPS / 3; i++) {
            long bit = choice.of(random);
            assertThat(found(flipped(disk, file, bit), sound))
                    .as("seed %d, bit %d of %s", SEED, bit, file)
                    .isEqualTo(expected);
        }
    }

    /** Which bit. */
    @FunctionalInterface
    private interface Choice {
        long of(SplittableRandom random);
    }

    private SimDisk closed() throws IOException {
        SimDisk disk = new SimDisk(SEED);
        lived(disk, STEPS).close();
        assertThat(found(disk.fork(), sound)).isEqualTo(STEPS);
        return disk;
    }

    private static SimDisk flipped(SimDisk disk, Path file, long bit) throws IOException {
        SimDisk fork = disk.fork();
        fork.flipBit(file, bit);
        return fork;
    }

    /** How many steps are found, {@link #REFUSED} when the node explains why it cannot tell. */
    private static int found(SimDisk disk, StoreSubject subject) throws IOException {
        disk.restartProcess();
        Store store;
        try {
            store = subject.open(disk);
        } catch (DamagedException e) {
            assertThat(e.getMessage()).isNotBlank();
            return REFUSED;
        }
        try {
            return subject.stepsFound(store);
        } catch (KvsException e) {
            assertThat(e.code()).isEqualTo(ErrorCode.STORAGE_FAILED);
            return REFUSED;
        } finally {
            store.close();
        }
    }
}
