package dev.kvs.replication.gossip;

import dev.kvs.model.Dot;
import dev.kvs.model.StoreId;
import dev.kvs.model.Version;
import dev.kvs.model.VersionVector;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

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
}
