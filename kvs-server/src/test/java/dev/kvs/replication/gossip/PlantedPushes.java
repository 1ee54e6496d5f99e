package dev.kvs.replication.gossip;

import dev.kvs.model.Dot;
import dev.kvs.model.StoreId;
import dev.kvs.model.Version;
import dev.kvs.model.VersionVector;
import dev.kvs.storage.Arrivals;
import dev.kvs.storage.Store;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Falsifies what nodes push to each other, for faults that are planted on purpose. */
public final class PlantedPushes {
    private PlantedPushes() {}

    /** The message without the versions that are not kept; what it says about its stretches stays, which makes it a lie. */
    public static byte[] keeping(byte[] push, Predicate<Version> kept) {
        PushMessage message = PushMessage.decode(push);
        List<PushMessage.Stretch> stretches = new ArrayList<>();
        for (PushMessage.Stretch stretch : message.stretches()) {
            List<Version> versions = stretch.versions().stream().filter(kept).toList();
            stretches.add(new PushMessage.Stretch(stretch.store(), stretch.after(), stretch.through(), versions));
        }
        List<Version> strays = message.strays().stream().filter(kept).toList();
        return new PushMessage(message.word(), stretches, strays).encode();
    }

    /** Whether the message brings such a version in a stretch. */
    public static boolean brings(byte[] push, Predicate<Version> wanted) {
        return PushMessage.decode(push).stretches().stream()
                .anyMatch(stretch -> stretch.versions().stream().anyMatch(wanted));
    }

    /** The message with its versions changed. */
    public static byte[] changing(byte[] push, UnaryOperator<Version> change) {
        PushMessage message = PushMessage.decode(push);
        List<PushMessage.Stretch> stretches = new ArrayList<>();
        for (PushMessage.Stretch stretch : message.stretches()) {
            List<Version> versions = stretch.versions().stream().map(change).toList();
            stretches.add(new PushMessage.Stretch(stretch.store(), stretch.after(), stretch.through(), versions));
        }
        List<Version> strays = message.strays().stream().map(change).toList();
        return new PushMessage(message.word(), stretches, strays).encode();
    }

    /** The message without the stretches of other stores than the sender's own. */
    public static byte[] ownOnly(byte[] push, StoreId own) {
        PushMessage message = PushMessage.decode(push);
        List<PushMessage.Stretch> stretches = message.stretches().stream()
                .filter(stretch -> stretch.store().equals(own))
                .toList();
        return new PushMessage(message.word(), stretches, message.strays()).encode();
    }

    /** An answer that claims to hold all that the message brings, whether it was stored or not. */
    public static byte[] claimingAll(byte[] push, StoreId own, VersionVector known) {
        VersionVector claimed = known;
        for (PushMessage.Stretch stretch : PushMessage.decode(push).stretches()) {
            claimed = claimed.with(new Dot(stretch.store(), stretch.through()));
        }
        return new PushReply(own, claimed, Long.MAX_VALUE, false, false).encode();
    }

    /**
     * Stores what the message brings as a careless receiver would: opens no conflicts, and takes for what a version meets what it
     * is told. Returns its answer.
     */
    public static byte[] storing(byte[] push, Store store, Function<Version, @Nullable Version> met) {
        VersionVector known = store.feed().appendedKnowledge();
        VersionVector heard = VersionVector.EMPTY;
        List<Arrivals.Arrival> arrivals = new ArrayList<>();
        for (PushMessage.Stretch stretch : PushMessage.decode(push).stretches()) {
            for (Version version : stretch.versions()) {
                if (!known.contains(version.dot()) && !store.feed().holds(version.dot())) {
                    arrivals.add(new Arrivals.Arrival(version, met.apply(version)));
                }
            }
            if (stretch.after() <= known.sequenceOf(stretch.store()) && stretch.through() > 0) {
                heard = heard.with(new Dot(stretch.store(), stretch.through()));
            }
        }
        store.receive(new Arrivals(arrivals, heard, List.of(), List.of())).await();
        return PushReply.of(store, false).encode();
    }
}
