package dev.kvs.merkle;

import dev.kvs.platform.Check;
import java.util.stream.IntStream;

/**
 * One round of comparing this node's tree with another's: gives a request, takes its answer, gives the next. Used by one
 * thread at a time.
 *
 * <p>The trees may change while the round runs; what changed meanwhile may be reported though it is on its way, or found only
 * in the next round. So a difference is a finding only when two rounds report it.
 */
public final class MerkleComparison {
    /**
     * The most requests of a round. Six are enough unless leaves are very long; 1,024 compare 67 million entries, and end a
     * round whose other side goes on for ever.
     */
    private static final int EXCHANGES_MAX = 1024;

    private final MerkleTree tree;
    private final long epoch;
    private final int beginAt;
    private final Differences.Collected found = new Differences.Collected();
    private final LeafComparison comparison;
    private MerkleRequest asked;
    private int exchanges;
    private LeafWalk walk = LeafWalk.NONE;

    /** What comes after an answer. */
    public sealed interface Step {}

    /** Send this request, and hand its answer to {@link #receive}. */
    public record Ask(byte[] request) implements Step {}

    /** The trees are equal. The round has ended. */
    public record Equal() implements Step {}

    /**
     * The other side's tree stands at another epoch. The round has ended; when theirs is the later one and believable, bring
     * the own tree to it and begin again.
     */
    public record OtherEpoch(long epoch) implements Step {}

    /** The trees differ, or did when the round began. The round has ended. */
    public record Found(Differences differences) implements Step {}

    /**
     * A round that has not begun.
     *
     * @param epoch the epoch that the tree stands at, 0 or more
     * @param beginAt the leaf to begin with when more differ than a round looks at: {@link Differences#resumeAt} of the round
     *     before, else 0
     */
    public MerkleComparison(MerkleTree tree, LeafEntries entries, long epoch, int beginAt) {
        this.tree = tree;
        this.epoch = epoch;
        this.beginAt = beginAt;
        this.comparison = new LeafComparison(entries, found);
        this.asked = new MerkleRequest.Summary(epoch, tree.root(), tree.keys());
    }

    /** The request that begins the round. */
    public byte[] first() {
        return asked.encode();
    }

    /**
     * Takes the answer to the last request. Throws {@link dev.kvs.model.KvsException} ({@code invalid_request}) when it does not
     * fit; the round has ended then.
     */
    public Step receive(byte[] body) {
        exchanges++;
        MerkleAnswer answer = MerkleAnswer.decode(body);
        if (answer.epoch() != epoch) {
            return new OtherEpoch(answer.epoch());
        }
        return switch (asked) {
            case MerkleRequest.Summary _ when answer instanceof MerkleAnswer.Summary summary -> compared(summary);
            case MerkleRequest.Children children
            when answer instanceof MerkleAnswer.Children digests -> descend(children, digests.digests());
            case MerkleRequest.Entries entries
            when answer instanceof MerkleAnswer.Entries leaves -> compare(entries, leaves);
            default -> throw MessageReader.refused("it does not answer what was asked");
        };
    }

    private Step compared(MerkleAnswer.Summary theirs) {
        return theirs.root() == tree.root() ? new Equal() : ask(new MerkleRequest.Children(epoch, 0, new int[] {0}));
    }

    private Step descend(MerkleRequest.Children parents, long[] digests) {
        if (digests.length != parents.nodes().length * MerkleTree.FANOUT) {
            throw MessageReader.refused(parents.nodes().length + " nodes have " + MerkleTree.FANOUT
                    + " children each, and it holds " + digests.length + " digests");
        }
        int level = parents.level() + 1;
        int[] differing = IntStream.range(0, digests.length)
                .filter(i -> tree.node(level, childOf(parents, i)) != digests[i])
                .map(i -> childOf(parents, i))
                .toArray();
        if (differing.length == 0) {
            return new Found(found.all());
        }
        if (level < MerkleTree.LEVELS) {
            return ask(new MerkleRequest.Children(epoch, level, differing));
        }
        walk = LeafWalk.over(differing, beginAt);
        return next();
    }

    private static int childOf(MerkleRequest.Children parents, int i) {
        return parents.nodes()[i / MerkleTree.FANOUT] * MerkleTree.FANOUT + i % MerkleTree.FANOUT;
    }

    private Step compare(MerkleRequest.Entries request, MerkleAnswer.Entries answer) {
        int leaves = answer.leaves().size();
        if (leaves > request.leaves().length) {
            throw MessageReader.refused("it holds more leaves than were asked for");
        }
        for (int i = 0; i < leaves && !found.isFull(); i++) {
            walk.compare(comparison, answer.leaves().get(i), answer.cutOff() && i == leaves - 1);
        }
        return next();
    }

    private Step next() {
        if (found.isFull() || exchanges >= EXCHANGES_MAX) {
            return new Found(found.moreFrom(walk.resumeAt()));
        }
        if (walk.isDone()) {
            return new Found(walk.isComplete() ? found.all() : found.moreFrom(walk.resumeAt()));
        }
        return ask(new MerkleRequest.Entries(epoch, walk.fromKeyHash(), walk.remaining()));
    }

    private Step ask(MerkleRequest request) {
        Check.that(exchanges < EXCHANGES_MAX, "a round has an end", exchanges);
        asked = request;
        return new Ask(request.encode());
    }
}
