package dev.kvs.merkle;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class MerkleComparisonTest {
    private static final long SEED = 20_260_302;

    @Test
    void whatARoundFindsIsTheSetDifference() {
        Random random = new Random(SEED);
        for (int round = 0; round < 300; round++) {
            Replica here = new Replica();
            Replica there = new Replica();
            int keys = 1 + random.nextInt(400);
            int changes = random.nextInt(60);
            for (int i = 0; i < keys; i++) {
                long digest = random.nextLong() | 1;
                here.put("key/" + i, digest, i);
                there.put("key/" + i, digest, i);
            }
            for (int i = 0; i < changes; i++) {
                changeSomething(random.nextBoolean() ? here : there, random);
            }
            Differences found = Round.of(here, there).differences();
            assertThat(Replica.Split.of(found))
                    .as("seed %d, round %d", SEED, round)
                    .isEqualTo(Replica.split(here, there));
            assertThat(found.more()).isFalse();
        }
    }

    private static void changeSomething(Replica replica, Random random) {
        List<String> keys = new ArrayList<>(new TreeSet<>(replica.winners.keySet()));
        String key = keys.get(random.nextInt(keys.size()));
        switch (random.nextInt(3)) {
            case 0 -> replica.put("key/" + random.nextInt(1000), random.nextLong() | 1, 5);
            case 1 -> replica.put(key, random.nextLong() | 1, 6);
            default -> {
                if (keys.size() > 1) {
                    replica.remove(key);
                }
            }
        }
    }

    /** All in a few leaves with few hashes, so that hashes meet and pages end everywhere. */
    @Test
    void keysThatShareTheirHashAreComparedTogether() {
        Random random = new Random(SEED);
        for (int round = 0; round < 500; round++) {
            Replica here = new Replica();
            Replica there = new Replica();
            for (int i = 0; i < 60; i++) {
                KeyHash hash = new KeyHash(random.nextInt(2), random.nextInt(12) - 6L);
                for (Replica replica : List.of(here, there)) {
                    int version = random.nextInt(8);
                    if (version > 0) {
                        replica.put("k" + i, hash, NumberedKeys.mix(8L * i + version / 7), 1);
                    }
                }
            }
            assertThat(Replica.Split.of(Round.of(here, there).differences()))
                    .as("seed %d, round %d", SEED, round)
                    .isEqualTo(Replica.split(here, there));
        }
    }

    @Test
    void timestampsOfBothSidesComeWithRivals() {
        Replica here = new Replica();
        Replica there = new Replica();
        here.put("a", 1, 100);
        there.put("a", 2, 200);
        Differences found = Round.of(here, there).differences();
        assertThat(found.rivals())
                .containsExactly(new Differences.Rivals(here.winners.get("a").hash(), 100, 200));
        assertThat(Round.of(there, here).differences().rivals())
                .containsExactly(new Differences.Rivals(here.winners.get("a").hash(), 200, 100));
    }

    @Test
    void equalTreesNeedOneExchangeOfLessThanThreeHundredBytes() {
        Replica here = new Replica();
        Replica there = new Replica();
        for (int i = 0; i < 1000; i++) {
            here.put("k" + i, i + 1, i);
            there.put("k" + i, i + 1, i);
        }
        Round round = Round.of(here, there);
        assertThat(round.end).isEqualTo(new MerkleComparison.Equal());
        assertThat(round.exchanges).isEqualTo(1);
        assertThat(round.bytes).isLessThan(300).isEqualTo(50);
    }

    @Test
    void aNodeWithNothingFindsEverythingRoundByRound() {
        NumberedKeys full = new NumberedKeys(100_000);
        Replica empty = new Replica();
        Set<KeyHash> found = new TreeSet<>();
        int beginAt = 0;
        int rounds = 0;
        Differences differences;
        do {
            differences = new Round(empty.tree, empty, full.tree, full, beginAt).differences();
            found.addAll(differences.onlyThere());
            assertThat(differences.more()).isEqualTo(rounds < 12 || beginAt > 0);
            beginAt = differences.resumeAt();
            rounds++;
        } while (beginAt > 0);
        assertThat(found).hasSize(100_000);
        assertThat(rounds).as("51,000 leaves of which each round takes 4,096").isEqualTo(13);
    }

    @Test
    void aRoundThatResumesBehindTheLastDifferenceBeginsAnew() {
        Replica here = new Replica();
        Replica there = new Replica();
        here.put("only", new KeyHash(10, 4), 3, 0);
        for (int beginAt : new int[] {0, 10, 11, 65_535}) {
            Differences found = new Round(here.tree, here, there.tree, there, beginAt).differences();
            assertThat(found.onlyHere()).containsExactly(new KeyHash(10, 4));
            assertThat(found.more()).isFalse();
        }
        here.put("second", new KeyHash(20, 4), 3, 0);
        Differences second = new Round(here.tree, here, there.tree, there, 11).differences();
        assertThat(second.onlyHere()).containsExactly(new KeyHash(20, 4));
        assertThat(second.more()).isTrue();
        assertThat(second.resumeAt()).isZero();
    }

    @Test
    void aLeafLongerThanAnAnswerIsComparedInParts() {
        Replica here = new Replica();
        Replica there = new Replica();
        int entries = 2 * MerkleAnswer.ENTRIES_MAX + 50;
        long step = Long.divideUnsigned(-1, entries);
        for (int i = 0; i < entries; i++) {
            KeyHash hash = new KeyHash(3, i * step);
            if (i % 20_000 != 7) {
                here.put("k" + i, hash, NumberedKeys.mix(i), i);
            }
            if (i % 20_000 != 9) {
                there.put("k" + i, hash, NumberedKeys.mix(i), i);
            }
        }
        here.put("behind", new KeyHash(3, -1), 77, 1);
        there.put("in another leaf", new KeyHash(4, 0), 9, 1);
        Round round = Round.of(here, there);
        assertThat(Replica.Split.of(round.differences())).isEqualTo(Replica.split(here, there));
        assertThat(round.exchanges).isEqualTo(1 + 4 + 3);
        assertThat(round.longestAnswer).isLessThan(2 << 20);
    }

    @Test
    void entriesThatShareAHashAreNotPartedByTheEndOfAnAnswer() {
        Replica here = new Replica();
        Replica there = new Replica();
        for (int i = 0; i < MerkleAnswer.ENTRIES_MAX - 1; i++) {
            here.put("k" + i, new KeyHash(0, i), 9, 0);
            there.put("k" + i, new KeyHash(0, i), 9, 0);
        }
        for (int i = 0; i < 3; i++) {
            there.put("same" + i, new KeyHash(0, MerkleAnswer.ENTRIES_MAX), 9, i);
            here.put("same" + i, new KeyHash(0, MerkleAnswer.ENTRIES_MAX), i == 2 ? 10 : 9, i);
        }
        Round round = Round.of(here, there);
        assertThat(round.differences().rivals())
                .containsExactly(new Differences.Rivals(new KeyHash(0, MerkleAnswer.ENTRIES_MAX), 2, 2));
        assertThat(round.differences().size()).isEqualTo(1);
    }

    @Test
    void aRoundEndsWhenItHasFoundAsMuchAsItMayHold() {
        Replica here = new Replica();
        Replica there = new Replica();
        for (int i = 0; i < Differences.MOST + 100; i++) {
            there.put("k" + i, new KeyHash(i % 16, i), 9, i);
        }
        Differences found = Round.of(here, there).differences();
        assertThat(found.size()).isEqualTo(Differences.MOST);
        assertThat(found.more()).isTrue();
    }

    @Test
    void treesOfDifferentEpochsAreNotCompared() {
        Replica here = new Replica();
        here.put("a", 1, 1);
        for (long theirs : new long[] {Round.EPOCH - 1, Round.EPOCH + 1}) {
            MerkleComparison comparison = new MerkleComparison(here.tree, here, Round.EPOCH, 0);
            byte[] answer =
                    new MerkleResponder(here.tree, here).answer(MerkleRequest.decode(comparison.first()), theirs);
            assertThat(comparison.receive(answer)).isEqualTo(new MerkleComparison.OtherEpoch(theirs));
        }
        MerkleRequest below = new MerkleRequest.Children(Round.EPOCH, 0, new int[] {0});
        assertThat(new MerkleResponder(here.tree, here).answer(below, Round.EPOCH + 1))
                .as("a tree that moves on in the middle of a round says so, whatever it is asked")
                .isEqualTo(new MerkleAnswer.Summary(Round.EPOCH + 1, here.tree.root(), 1).encode());
    }

    @Test
    void aDifferenceThatIsMendedWhileTheRoundRunsIsNone() {
        Replica here = new Replica();
        Replica there = new Replica();
        there.put("a", 1, 1);
        MerkleComparison comparison = new MerkleComparison(here.tree, here, Round.EPOCH, 0);
        MerkleResponder responder = new MerkleResponder(there.tree, there);
        byte[] summary = responder.answer(MerkleRequest.decode(comparison.first()), Round.EPOCH);
        MerkleComparison.Ask ask = (MerkleComparison.Ask) comparison.receive(summary);
        here.put("a", 1, 1);
        MerkleComparison.Step end =
                comparison.receive(responder.answer(MerkleRequest.decode(ask.request()), Round.EPOCH));
        assertThat(end)
                .isInstanceOfSatisfying(
                        MerkleComparison.Found.class,
                        found -> assertThat(found.differences().size()).isZero());
    }
}
