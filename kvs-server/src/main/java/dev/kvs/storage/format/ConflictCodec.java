package dev.kvs.storage.format;

import dev.kvs.model.Conflict;
import dev.kvs.model.Dot;
import dev.kvs.model.Key;
import dev.kvs.model.Kind;
import dev.kvs.model.NodeId;
import dev.kvs.model.Origin;
import dev.kvs.model.StoreId;
import dev.kvs.model.VersionOrder;
import dev.kvs.model.VersionVector;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The encoding of a conflict in the log and in the tables, without its key. Numbers are varints unless a width is given.
 *
 * <pre>
 * id 16, rule 1, times, first 8, last 8
 * rivals   count, each: uuid 16, kind 1, hlc 8, origin by {@link InlineActors}, sequence, vector
 * vector   count, each: store 16, sequence
 * ballots  count, each: member block, choice
 * closing  0, or 1, uuid 16, at 8         choice: 0, or 1, uuid 16
 * </pre>
 */
public final class ConflictCodec {
    private ConflictCodec() {}

    /** Appends a conflict. */
    public static void encode(Encoder out, Conflict conflict) {
        InlineActors actors = new InlineActors();
        out.putUuid(conflict.id()).putByte(conflict.rule().number()).putVarint(conflict.times());
        out.putLong(conflict.firstMillis()).putLong(conflict.lastMillis());
        out.putVarint(conflict.rivals().size());
        for (Conflict.Rival rival : conflict.rivals()) {
            out.putUuid(rival.uuid()).putByte(rival.kind().number()).putLong(rival.hlc());
            actors.writeOrigin(out, rival.origin());
            out.putVarint(rival.sequence());
            encodeVector(out, rival.vector());
        }
        out.putVarint(conflict.vote().size());
        for (Conflict.Ballot ballot : conflict.vote()) {
            out.putBlock(ballot.member().value().getBytes(StandardCharsets.US_ASCII));
            encodeOptional(out, ballot.choice());
        }
        Conflict.Closing closing = conflict.closing();
        encodeOptional(out, closing == null ? null : closing.by());
        if (closing != null) {
            out.putLong(closing.atMillis());
        }
    }

    private static void encodeOptional(Encoder out, @Nullable UUID uuid) {
        out.putByte(uuid == null ? 0 : 1);
        if (uuid != null) {
            out.putUuid(uuid);
        }
    }

    /** Appends a vector: how many stores, then each with its sequence. */
    public static void encodeVector(Encoder out, VersionVector vector) {
        out.putVarint(vector.dots().size());
        vector.dots().forEach(dot -> out.putUuid(dot.store().value()).putVarint(dot.sequence()));
    }

    /** Reads what {@link #encode} wrote. */
    public static Conflict decode(Decoder in, Key key) throws DamagedException {
        InlineActors actors = new InlineActors();
        UUID id = in.getUuid();
        VersionOrder.Rule rule = ruleOf(in.getByte());
        int times = Math.toIntExact(in.getVarint());
        long first = in.getLong();
        long last = in.getLong();
        List<Conflict.Rival> rivals = new ArrayList<>();
        for (int left = in.getLength(); left > 0; left--) {
            UUID uuid = in.getUuid();
            Kind kind = Kind.of(in.getByte());
            long hlc = in.getLong();
            Origin origin = actors.readOrigin(in);
            long sequence = in.getVarint();
            rivals.add(new Conflict.Rival(uuid, kind, hlc, origin, sequence, decodeVector(in)));
        }
        List<Conflict.Ballot> ballots = new ArrayList<>();
        for (int left = in.getLength(); left > 0; left--) {
            NodeId member = new NodeId(new String(in.getBlock(), StandardCharsets.US_ASCII));
            ballots.add(new Conflict.Ballot(member, decodeOptional(in)));
        }
        UUID closedBy = decodeOptional(in);
        Conflict.Closing closing = closedBy == null ? null : new Conflict.Closing(closedBy, in.getLong());
        return new Conflict(id, key, rivals, rule, times, first, last, ballots, closing);
    }

    private static VersionOrder.Rule ruleOf(int number) throws DamagedException {
        for (VersionOrder.Rule rule : VersionOrder.Rule.values()) {
            if (rule.number() == number) {
                return rule;
            }
        }
        throw new DamagedException("a conflict names the unknown rule " + number);
    }

    private static @Nullable UUID decodeOptional(Decoder in) throws DamagedException {
        return in.getByte() == 0 ? null : in.getUuid();
    }

    /** Reads a vector; a store may stand in it once, with a sequence from 1. */
    public static VersionVector decodeVector(Decoder in) throws DamagedException {
        List<Dot> dots = new ArrayList<>();
        for (int left = in.getLength(); left > 0; left--) {
            StoreId store = new StoreId(in.getUuid());
            long sequence = in.getVarint();
            if (sequence < 1) {
                throw new DamagedException("a vector has the sequence " + sequence);
            }
            dots.add(new Dot(store, sequence));
        }
        return VersionVector.of(dots);
    }
}
