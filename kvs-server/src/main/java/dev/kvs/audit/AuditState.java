package dev.kvs.audit;

import dev.kvs.model.StoreId;
import dev.kvs.platform.Disk;
import dev.kvs.platform.DiskFile;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * What an audit log must at least have: a small file that is replaced at each sync, signed with HMAC-SHA-256.
 *
 * <pre>
 * magic 4 'KVST', format 4, {@link Place} oldest, {@link Place} durable
 * witnesses  count 4, each: store 16, block 8, hash 32, millis 8, node length 1, bytes
 * signature 32
 * </pre>
 *
 * @param oldest the anchor: where the oldest segment that is kept begins; what was before it has been dropped
 * @param durable everything before it is on the disk
 */
record AuditState(Place oldest, Place durable, List<Witness> witnesses) {
    private static final Path FILE = AuditLog.DIRECTORY.resolve("state");
    private static final Path NEW_FILE = AuditLog.DIRECTORY.resolve("state.new");
    private static final int MAGIC = 0x4B565354;
    private static final int FORMAT = 1;
    private static final int WITNESS_BYTES = 65 + AuditEntry.ACTOR_BYTES_MAX;
    private static final int MAX_BYTES = 12 + 2 * Place.BYTES + Witnesses.MAX * WITNESS_BYTES + Hash.BYTES;

    AuditState {
        witnesses = List.copyOf(witnesses);
    }

    static boolean exists(Disk disk) throws IOException {
        return disk.exists(FILE);
    }

    /** The state as it was written, null when there is none or it bears no signature under any of the keys. */
    static @Nullable AuditState read(Disk disk, List<byte[]> keys) throws IOException {
        if (!disk.exists(FILE)) {
            return null;
        }
        ByteBuffer bytes = ByteBuffer.allocate(MAX_BYTES + 1);
        try (DiskFile file = disk.open(FILE)) {
            file.read(bytes, 0);
        }
        int length = bytes.position() - Hash.BYTES;
        if (length < 0) {
            return null;
        }
        byte[] signature = Arrays.copyOfRange(bytes.array(), length, length + Hash.BYTES);
        for (byte[] key : keys) {
            if (MessageDigest.isEqual(signature, sign(key, bytes.array(), length))) {
                return parse(bytes.position(0).limit(length));
            }
        }
        return null;
    }

    private static @Nullable AuditState parse(ByteBuffer in) {
        try {
            if (in.getInt() != MAGIC || in.getInt() != FORMAT) {
                return null;
            }
            Place oldest = Place.read(in);
            Place durable = Place.read(in);
            List<Witness> witnesses = new ArrayList<>();
            for (int left = in.getInt(); left > 0; left--) {
                StoreId store = new StoreId(new UUID(in.getLong(), in.getLong()));
                Head head = new Head(store, in.getLong(), Hash.read(in));
                long millis = in.getLong();
                byte[] node = new byte[in.get() & 0xFF];
                in.get(node);
                witnesses.add(new Witness(head, new String(node, StandardCharsets.UTF_8), millis));
            }
            return new AuditState(oldest, durable, witnesses);
        } catch (BufferUnderflowException e) {
            return null;
        }
    }

    /** Replaces the file durably and atomically. */
    void write(Disk disk, byte[] key) throws IOException {
        ByteBuffer out = ByteBuffer.allocate(MAX_BYTES).putInt(MAGIC).putInt(FORMAT);
        oldest.write(out);
        durable.write(out);
        out.putInt(witnesses.size());
        for (Witness witness : witnesses) {
            UUID store = witness.head().store().value();
            out.putLong(store.getMostSignificantBits())
                    .putLong(store.getLeastSignificantBits())
                    .putLong(witness.head().block());
            witness.head().hash().write(out);
            byte[] node = witness.node().getBytes(StandardCharsets.UTF_8);
            int length = Math.min(node.length, AuditEntry.ACTOR_BYTES_MAX);
            out.putLong(witness.millis()).put((byte) length).put(node, 0, length);
        }
        out.put(sign(key, out.array(), out.position()));
        try (DiskFile file = disk.open(NEW_FILE)) {
            file.truncate(0);
            file.write(out.flip(), 0);
            file.sync();
        }
        disk.rename(NEW_FILE, FILE);
        disk.syncDirectory(AuditLog.DIRECTORY);
    }

    private static byte[] sign(byte[] key, byte[] bytes, int length) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            // A MAC needs some key; one that everybody knows still shows accidents.
            mac.init(new SecretKeySpec(key.length == 0 ? new byte[1] : key, "HmacSHA256"));
            mac.update(bytes, 0, length);
            return mac.doFinal();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HmacSHA256", e);
        }
    }
}
