package dev.kvs.model;

import static dev.kvs.model.VersionVector.Relation.CONCURRENT;
import static dev.kvs.model.VersionVector.Relation.DOMINATED;
import static dev.kvs.model.VersionVector.Relation.DOMINATES;
import static dev.kvs.model.VersionVector.Relation.EQUAL;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class VersionVectorTest {
    private static final long SEED = 77;

    @Test
    void mergingIsCommutativeAssociativeAndIdempotentAndAnUpperBound() {
        Versions random = new Versions(SEED);
        for (int i = 0; i < 20_000; i++) {
            VersionVector a = random.vector();
            VersionVector b = random.vector();
            VersionVector c = random.vector();
            assertThat(a.merge(b)).as("seed %d, round %d", SEED, i).isEqualTo(b.merge(a));
            assertThat(a.merge(b).merge(c)).isEqualTo(a.merge(b.merge(c)));
            assertThat(a.merge(a)).isEqualTo(a);
            assertThat(a.merge(b).compare(a)).isIn(EQUAL, DOMINATES);
        }
    }

    @Test
    void comparingMirrors() {
        Versions random = new Versions(SEED);
        for (int i = 0; i < 20_000; i++) {
            VersionVector a = random.vector();
            VersionVector b = random.vector();
            VersionVector.Relation expected = switch (a.compare(b)) {
                case EQUAL -> EQUAL;
                case DOMINATES -> DOMINATED;
                case DOMINATED -> DOMINATES;
                case CONCURRENT -> CONCURRENT;
            };
            assertThat(b.compare(a)).as("seed %d, round %d", SEED, i).isEqualTo(expected);
            assertThat(a.compare(b) == EQUAL).isEqualTo(a.equals(b));
        }
    }

    @Test
    void aCutVectorHasSeenNoMoreOfThatStoreAndAllOfTheOthers() {
        StoreId store = new StoreId(new java.util.UUID(0, 1));
        Dot other = new Dot(new StoreId(new java.util.UUID(0, 2)), 9);
        VersionVector vector = VersionVector.of(java.util.List.of(new Dot(store, 3), other));
        assertThat(vector.cut(store, 4)).isEqualTo(vector);
        assertThat(vector.cut(store, 2).dots()).containsExactly(new Dot(store, 2), other);
        assertThat(vector.cut(store, 0).dots()).containsExactly(other);
    }

    @Test
    void aDotIsSeenOnceItsSequenceIsReached() {
        StoreId store = new StoreId(new java.util.UUID(0, 1));
        VersionVector vector = VersionVector.EMPTY.with(new Dot(store, 3));
        assertThat(vector.contains(new Dot(store, 3))).isTrue();
        assertThat(vector.contains(new Dot(store, 4))).isFalse();
        assertThat(vector.with(new Dot(store, 2))).isEqualTo(vector);
    }
}
