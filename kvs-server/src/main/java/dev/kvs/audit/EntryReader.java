package dev.kvs.audit;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads what {@link EntryWriter} wrote. */
final class EntryReader {
    private static final int KNOWN_FLAGS = 0x0F;

    private EntryReader() {}

    /** The entries of a block, in their order. */
    static List<AuditEntry> all(Block block, byte[] segment) throws BrokenException {
        ByteBuffer in = ByteBuffer.wrap(segment, block.entriesAt(), block.entryBytes());
        List<AuditEntry> entries = new ArrayList<>();
        for (int i = 0; i < block.count(); i++) {
            entries.add(next(in));
        }
        if (in.hasRemaining()) {
            throw new BrokenException("a block has more bytes than entries");
        }
        return entries;
    }

    /** One entry that stands alone. */
    static AuditEntry one(byte[] encoded) throws BrokenException {
        return next(ByteBuffer.wrap(encoded));
    }

    private static AuditEntry next(ByteBuffer in) throws BrokenException {
        try {
            int number = in.get() & 0xFF;
            EventKind kind = EventKind.of(number);
            int flags = in.get();
            if (kind == null || (flags & ~KNOWN_FLAGS) != 0) {
                throw new BrokenException("an entry has the kind " + number + " and the flags " + flags
                        + ", which this release does not know");
            }
            long millis = in.getLong();
            String actor = text(in, in.get() & 0xFF);
            String key = (flags & EntryWriter.HAS_KEY) == 0 ? "" : text(in, in.getShort() & 0xFFFF);
            UUID uuid = (flags & EntryWriter.HAS_UUID) == 0 ? null : uuid(in);
            Hash digest = (flags & EntryWriter.HAS_DIGEST) == 0 ? null : Hash.read(in);
            String detail = (flags & EntryWriter.HAS_DETAIL) == 0 ? "" : text(in, in.getShort() & 0xFFFF);
            return new AuditEntry(kind, millis, actor, key, uuid, digest, detail);
        } catch (BufferUnderflowException e) {
            throw new BrokenException("an entry is cut off");
        }
    }

    /** Whether bytes are an entry that {@link AuditEntry#encode} may have made. */
    static @Nullable AuditEntry witnessIn(byte[] encoded) {
        if (encoded.length == 0 || encoded[0] != (byte) EventKind.WITNESS.number()) {
            return null;
        }
        try {
            return one(encoded);
        } catch (BrokenException e) {
            return null;
        }
    }

    private static UUID uuid(ByteBuffer in) {
        return new UUID(in.getLong(), in.getLong());
    }

    private static String text(ByteBuffer in, int length) {
        if (length > in.remaining()) {
            throw new BufferUnderflowException();
        }
        byte[] utf8 = new byte[length];
        in.get(utf8);
        return new String(utf8, StandardCharsets.UTF_8);
    }
}
