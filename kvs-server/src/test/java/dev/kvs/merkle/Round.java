package dev.kvs.merkle;

import java.util.List;

/** Runs one comparison to its end and keeps account of it. */
final class Round {
    static final long EPOCH = 490_000;

    final MerkleComparison.Step end;
    int exchanges;
    /** Bytes of all bodies, requests and answers. */
    long bytes;

    int longestAnswer;

    static Round of(Replica here, Replica there) {
        return new Round(here.tree, here, there.tree, there, 0);
    }

    Round(MerkleTree here, LeafEntries entriesHere, MerkleTree there, LeafEntries entriesThere, int beginAt) {
        MerkleComparison comparison = new MerkleComparison(here, entriesHere, EPOCH, beginAt);
        MerkleResponder responder = new MerkleResponder(there, entriesThere);
        MerkleComparison.Step step = new MerkleComparison.Ask(comparison.first());
        while (step instanceof MerkleComparison.Ask ask) {
            byte[] answer = responder.answer(MerkleRequest.decode(ask.request()), EPOCH);
            exchanges++;
            bytes += ask.request().length + answer.length;
            longestAnswer = Math.max(longestAnswer, answer.length);
            step = comparison.receive(answer);
        }
        end = step;
    }

    Differences differences() {
        return switch (end) {
            case MerkleComparison.Found found -> found.differences();
            case MerkleComparison.Equal _ -> new Differences(List.of(), List.of(), List.of(), false, 0);
            case MerkleComparison.OtherEpoch other -> throw new AssertionError(other);
            case MerkleComparison.Ask ask -> throw new AssertionError(ask);
        };
    }
}
