package dev.kvs.storage;

import dev.kvs.platform.Disk;
import dev.kvs.platform.DiskFile;
import dev.kvs.platform.PassingDisk;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.zip.CRC32C;

/**
 * Mistakes of a storage engine, made by the disk on its behalf, so that the engine itself needs no switch for them. The
 * offsets are those of the file formats: a format that moves makes these harmless, and the tests that must find them fail.
 */
enum PlantedFault {
    /** A log frame is taken as it is, whatever its checksum says. */
    ACCEPT_TORN_FRAMES {
        @Override
        Disk plant(Disk disk) {
            return new RepairingDisk(disk, path -> path.startsWith("log"), PlantedFault::forgiveFrame);
        }
    },
    /** The log is cut when a checkpoint begins to commit, not when it has. */
    CUT_THE_LOG_BEFORE_THE_TABLES_ARE_SYNCED {
        @Override
        Disk plant(Disk disk) {
            return new HastyDisk(disk);
        }
    },
    /** The journal's trailer counts whatever its checksum says. */
    IGNORE_THE_TRAILERS_CHECKSUM {
        @Override
        Disk plant(Disk disk) {
            return new RepairingDisk(disk, path -> path.toString().endsWith(".journal"), PlantedFault::forgiveTrailer);
        }
    };

    private static final int FRAME_MAGIC = 0x4B565346;
    private static final int FRAME_HEADER_BYTES = 40;
    private static final int FRAME_CRC = 36;
    private static final int EXTENT_MAGIC = 0x4B565358;
    private static final int TRAILER_MAGIC = 0x4B565354;
    private static final int JOURNAL_HEADER_BYTES = 28;
    private static final int TRAILER_CRC = 24;
    private static final int BLOCK = 4096;

    /** The disk with this fault. */
    abstract Disk plant(Disk disk);

    private static void forgiveFrame(DiskFile file, ByteBuffer read, long position) throws IOException {
        if (read.limit() < FRAME_HEADER_BYTES || read.getInt(0) != FRAME_MAGIC) {
            return;
        }
        int payload = read.getInt(4);
        if (payload < 1 || payload > file.size() - position - FRAME_HEADER_BYTES) {
            return;
        }
        ByteBuffer whole = ByteBuffer.allocate(FRAME_HEADER_BYTES + payload);
        file.read(whole, position);
        read.putInt(FRAME_CRC, crc(whole.slice(0, FRAME_CRC), whole.slice(FRAME_HEADER_BYTES, payload)));
    }

    private static void forgiveTrailer(DiskFile file, ByteBuffer read, long position) throws IOException {
        if (read.limit() != JOURNAL_HEADER_BYTES || read.getInt(0) != TRAILER_MAGIC) {
            return;
        }
        CRC32C extents = new CRC32C();
        ByteBuffer header = ByteBuffer.allocate(JOURNAL_HEADER_BYTES);
        long at = 0;
        while (at < position) {
            file.read(header.clear(), at);
            if (header.flip().getInt(0) != EXTENT_MAGIC) {
                return;
            }
            extents.update(header.duplicate());
            at += JOURNAL_HEADER_BYTES + (long) header.getInt(20) * BLOCK;
        }
        ByteBuffer all = ByteBuffer.allocate(8).putLong(0, extents.getValue());
        read.putInt(TRAILER_CRC, crc(read.slice(0, TRAILER_CRC), all));
    }

    private static int crc(ByteBuffer first, ByteBuffer second) {
        CRC32C crc = new CRC32C();
        crc.update(first);
        crc.update(second);
        return (int) crc.getValue();
    }

    /** Changes what was read, seen from its first byte, before the caller sees it. */
    @FunctionalInterface
    private interface Repair {
        void apply(DiskFile file, ByteBuffer read, long position) throws IOException;
    }

    /** Which files. */
    @FunctionalInterface
    private interface Choice {
        boolean takes(Path path);
    }

    private static final class RepairingDisk extends PassingDisk {
        private final Choice choice;
        private final Repair repair;

        RepairingDisk(Disk disk, Choice choice, Repair repair) {
            super(disk);
            this.choice = choice;
            this.repair = repair;
        }

        @Override
        protected DiskFile opened(Path path, DiskFile file) {
            return choice.takes(path) ? new RepairedFile(file) : file;
        }

        private final class RepairedFile extends PassingFile {
            private final DiskFile file;

            RepairedFile(DiskFile file) {
                super(file);
                this.file = file;
            }

            @Override
            public int read(ByteBuffer target, long position) throws IOException {
                int start = target.position();
                int count = super.read(target, position);
                repair.apply(
                        file,
                        target.duplicate().position(start).limit(start + count).slice(),
                        position);
                return count;
            }
        }
    }

    /** Deletes every segment of the log when the journal of the tables is synced; the checkpoint would do so later. */
    private static final class HastyDisk extends PassingDisk {
        private static final Path LOG = Path.of("log");

        HastyDisk(Disk disk) {
            super(disk);
        }

        @Override
        protected DiskFile opened(Path path, DiskFile file) {
            return path.toString().endsWith(".journal") ? new HastyJournal(file) : file;
        }

        private final class HastyJournal extends PassingFile {
            HastyJournal(DiskFile file) {
                super(file);
            }

            @Override
            public void sync() throws IOException {
                for (Path segment : list(LOG)) {
                    delete(LOG.resolve(segment));
                }
                syncDirectory(LOG);
                super.sync();
            }
        }
    }
}
