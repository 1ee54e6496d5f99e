package dev.kvs.replication.gossip;

import dev.kvs.model.Key;
import dev.kvs.model.KvsException;
import dev.kvs.model.Version;
import dev.kvs.storage.format.BodyCompression;
import dev.kvs.storage.format.DamagedException;
import dev.kvs.storage.format.Decoder;
import dev.kvs.storage.format.Encoder;
import dev.kvs.storage.format.InlineActors;
import dev.kvs.storage.format.VersionCodec;
import dev.kvs.wire.ErrorCode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Versions in messages between nodes: {@code count, then each: key block, timestamp 8, record block}, the record as in the
 * log. What comes from a peer is checked like a client's input, because a peer may be broken too.
 */
final class VersionWire {
    /** The tables give a sequence 40 bits. */
    private static final long MAX_SEQUENCE = (1L << 40) - 1;

    private VersionWire() {}

    static void encode(Encoder out, List<Version> versions) {
        InlineActors actors = new InlineActors();
        Encoder one = new Encoder(1 << 10);
        out.putVarint(versions.size());
        for (Version version : versions) {
            one.clear(1 << 16);
            try {
                VersionCodec.encode(one, version, actors, BodyCompression.OFF);
            } catch (IOException e) {
                throw new IllegalStateException("inline actors do no IO", e);
            }
            out.putBlock(version.key().utf8()).putLong(version.hlc()).putBlock(one.toByteArray());
        }
    }

    static List<Version> decode(Decoder in) throws DamagedException {
        InlineActors actors = new InlineActors();
        int count = in.getLength();
        List<Version> versions = new ArrayList<>(Math.min(count, 4_096));
        for (int i = 0; i < count; i++) {
            Key key = key(in.getBlock());
            long hlc = in.getLong();
            versions.add(checked(decodeOne(in.getBlock(), key, hlc, actors)));
        }
        return versions;
    }

    private static Version decodeOne(byte[] bytes, Key key, long hlc, InlineActors actors) throws DamagedException {
        try {
            return VersionCodec.decode(new Decoder(bytes), key, hlc, actors);
        } catch (DamagedException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            throw new DamagedException("a version of " + key + " cannot be read: " + e.getMessage(), e);
        }
    }

    private static Key key(byte[] utf8) throws DamagedException {
        String text = new String(utf8, StandardCharsets.UTF_8);
        if (!Arrays.equals(text.getBytes(StandardCharsets.UTF_8), utf8)) {
            throw new DamagedException("a key is not UTF-8");
        }
        return Key.ofPeer(text);
    }

    private static Version checked(Version version) throws DamagedException {
        if (version.sequence() > MAX_SEQUENCE) {
            throw new DamagedException("the sequence " + version.sequence() + " is over the limit");
        }
        return version;
    }

    /** What the sender of such a message is told. */
    static KvsException refusal(DamagedException e) {
        return new KvsException(ErrorCode.INVALID_REQUEST, "The message cannot be read: " + e.getMessage() + ".");
    }
}
