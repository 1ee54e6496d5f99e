package dev.kvs.replication.gossip;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kvs.model.Dot;
import dev.kvs.model.StoreId;
import dev.kvs.model.VersionVector;
import dev.kvs.platform.SystemTime;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** How far other stores' versions are passed on. */
class RelayTest {
    private static final StoreId ORIGIN = new StoreId(new UUID(1, 1));

    private final Relay relay = new Relay(new SystemTime(), 500);

    private static Dot known(long sequence) {
        return new Dot(ORIGIN, sequence);
    }

    private void period(long known) {
        relay.tick(VersionVector.EMPTY.with(known(known)));
    }

    @Test
    void whatIsKnownForAWholePeriodIsPassedOn() {
        period(3);
        assertThat(relay.through(known(7))).isZero();
        period(7);
        assertThat(relay.through(known(9))).isEqualTo(3);
    }

    /** Found by the simulation: whoever got it from there never got the versions of other nodes that have these dots. */
    @Test
    void whatWasWrittenUnderANameThatWasLostIsNotPassedOn() {
        period(47);
        period(47);
        assertThat(relay.through(known(21))).isEqualTo(21);
    }
}
