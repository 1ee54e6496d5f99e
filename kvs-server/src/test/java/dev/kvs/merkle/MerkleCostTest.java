package dev.kvs.merkle;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a round costs: it follows the differences, not the keys. */
class MerkleCostTest {
    private static final long SEED = 20_260_303;
    private static final int DIFFERENCES = 100;

    @ParameterizedTest
    @ValueSource(ints = {10_000, 100_000, 1_000_000})
    void aHundredDifferencesCostUnderAHundredKilobytes(int keys) {
        NumberedKeys here = new NumberedKeys(keys);
        NumberedKeys there = new NumberedKeys(keys);
        Round equal = new Round(here.tree, here, there.tree, there, 0);
        Set<KeyHash> changed = change(here, there, keys);
        Round round = new Round(here.tree, here, there.tree, there, 0);
        System.out.printf(
                "Merkle round over %,d keys: equal %d bytes in %d exchange; %d differences %,d bytes in %d exchanges%n",
                keys, equal.bytes, equal.exchanges, DIFFERENCES, round.bytes, round.exchanges);
        assertThat(equal.exchanges).isEqualTo(1);
        assertThat(equal.bytes).isLessThan(300);
        assertThat(round.bytes).as("seed %d", SEED).isLessThan(100_000);
        assertThat(round.exchanges).isEqualTo(6);
        Differences found = round.differences();
        assertThat(found.onlyThere()).hasSize(30);
        assertThat(found.onlyHere()).hasSize(30);
        assertThat(found.rivals()).hasSize(40);
        Set<KeyHash> all = new TreeSet<>(found.onlyHere());
        all.addAll(found.onlyThere());
        found.rivals().forEach(pair -> all.add(pair.key()));
        assertThat(all).as("seed %d", SEED).isEqualTo(changed);
    }

    private static Set<KeyHash> change(NumberedKeys here, NumberedKeys there, int keys) {
        Set<KeyHash> changed = new TreeSet<>();
        int[] chosen =
                new Random(SEED).ints(0, keys).distinct().limit(DIFFERENCES).toArray();
        for (int i = 0; i < DIFFERENCES; i++) {
            changed.add(NumberedKeys.hash(chosen[i]));
            switch (i % 10) {
                case 0, 1, 2 -> here.remove(chosen[i]);
                case 3, 4, 5 -> there.remove(chosen[i]);
                case 6, 7 -> here.change(chosen[i]);
                default -> there.change(chosen[i]);
            }
        }
        return changed;
    }
}
