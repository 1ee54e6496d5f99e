package dev.kvs.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class VersionOrderTest {
    private static final long SEED = 20_260_101;
    private final VersionOrder order = VersionOrder.INSTANCE;

    @Test
    void theOrderIsTotalAntisymmetricAndTransitive() {
        Versions versions = new Versions(SEED);
        Key key = Key.of("k");
        for (int i = 0; i < 50_000; i++) {
            Version a = versions.next(key);
            Version b = versions.next(key);
            Version c = versions.next(key);
            assertThat(Integer.signum(order.compare(a, b)))
                    .as("seed %d, round %d", SEED, i)
                    .isEqualTo(-Integer.signum(order.compare(b, a)));
            assertThat(order.compare(a, b) == 0).isEqualTo(Arrays.equals(a.digest(), b.digest()));
            if (order.compare(a, b) >= 0 && order.compare(b, c) >= 0) {
                assertThat(order.compare(a, c)).as("seed %d, round %d", SEED, i).isNotNegative();
            }
        }
    }

    @Test
    void theWinnerOfASetDoesNotDependOnTheOrderOfArrival() {
        Versions versions = new Versions(SEED);
        Random shuffle = new Random(SEED);
        for (int round = 0; round < 2_000; round++) {
            List<Version> set = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                set.add(versions.next(Key.of("k")));
            }
            Version first = set.stream().reduce(order::winner).orElseThrow();
            Collections.shuffle(set, shuffle);
            set.add(set.get(shuffle.nextInt(set.size())));
            Version second = set.stream().reduce(order::winner).orElseThrow();
            assertThat(second.digest()).as("seed %d, round %d", SEED, round).isEqualTo(first.digest());
        }
    }

    @Test
    void theStepsOfTheOrderComeInTheirTurn() {
        Version base = version(5, 10, Kind.LIVE, 20, 3);
        assertThat(order.winner(base, version(6, 99, Kind.LIVE, 99, 9))).matches(winner -> winner.hlc() == 6);
        assertThat(order.winner(base, version(5, 99, Kind.VERDICT, 99, 9)))
                .matches(winner -> winner.kind() == Kind.VERDICT);
        assertThat(order.winner(base, version(5, 9, Kind.LIVE, 99, 9)))
                .matches(winner -> winner.origin().joinedMillis() == 9);
        assertThat(order.winner(base, version(5, 10, Kind.LIVE, 19, 9)))
                .matches(winner -> winner.uuid().getLeastSignificantBits() == 19);
        assertThat(order.ruleFor(base, version(5, 10, Kind.LIVE, 20, 4))).isEqualTo(VersionOrder.Rule.GREATER_DIGEST);
        assertThat(order.ruleFor(base, base)).isEqualTo(VersionOrder.Rule.SAME);
    }

    @Test
    void uuidsCompareAsUnsignedNumbers() {
        assertThat(Uuids.compare(new UUID(-1, 0), new UUID(1, 0))).isPositive();
        assertThat(Uuids.compare(new UUID(1, -1), new UUID(1, 1))).isPositive();
        assertThat(Uuids.compare(new UUID(1, 1), new UUID(1, 1))).isZero();
    }

    private static Version version(long hlc, long joined, Kind kind, long uuid, int body) {
        Origin origin = new Origin(new StoreId(new UUID(0, 1)), new NodeId("a"), joined);
        VersionVector vector = VersionVector.EMPTY.with(new Dot(origin.store(), 1));
        return new Version.Draft(
                        Key.of("k"), new UUID(0, uuid), hlc, origin, 1, vector, Version.NEVER, kind, Acl.UNOWNED)
                .seal(new byte[] {(byte) ('0' + body)});
    }
}
