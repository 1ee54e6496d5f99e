package dev.kvs.merkle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kvs.model.KvsException;
import dev.kvs.wire.ErrorCode;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Whatever comes from the other side is refused or harmless. */
class HostileMessagesTest {
    private static final long SEED = 20_260_304;
    private static final long EPOCH = Round.EPOCH;

    private static final List<MerkleRequest> REQUESTS = List.of(
            new MerkleRequest.Summary(EPOCH, -5, 17),
            new MerkleRequest.Children(EPOCH, 0, new int[] {0}),
            new MerkleRequest.Children(EPOCH, 3, new int[] {0, 9, 4095}),
            new MerkleRequest.Entries(EPOCH, -1, new int[] {0, 40_000, 65_535}));

    private static final List<MerkleAnswer> ANSWERS = List.of(
            new MerkleAnswer.Summary(EPOCH, -5, 17),
            new MerkleAnswer.Children(EPOCH, new long[] {1, -1, 0}),
            new MerkleAnswer.Entries(
                    EPOCH, true, List.of(List.of(), List.of(new LeafEntry(1, 2, 3), new LeafEntry(-1, 5, 6)))));

    @Test
    void everyMessageIsReadAsItWasWritten() {
        for (MerkleRequest request : REQUESTS) {
            assertThat(MerkleRequest.decode(request.encode()).encode()).isEqualTo(request.encode());
        }
        for (MerkleAnswer answer : ANSWERS) {
            assertThat(MerkleAnswer.decode(answer.encode()).encode()).isEqualTo(answer.encode());
        }
    }

    @Test
    void aMessageCutAnywhereOrTooLongIsRefused() {
        REQUESTS.forEach(request -> cutAndPad(request.encode(), MerkleRequest::decode));
        ANSWERS.forEach(answer -> cutAndPad(answer.encode(), MerkleAnswer::decode));
    }

    private static void cutAndPad(byte[] message, Consumer<byte[]> decode) {
        for (int length = 0; length < message.length; length++) {
            byte[] cut = Arrays.copyOf(message, length);
            refused(() -> decode.accept(cut));
        }
        refused(() -> decode.accept(Arrays.copyOf(message, message.length + 1)));
    }

    @Test
    void aMessageWithAnyByteChangedIsRefusedOrReadAsAnotherWholeMessage() {
        Random random = new Random(SEED);
        for (int round = 0; round < 20_000; round++) {
            byte[] request = REQUESTS.get(random.nextInt(REQUESTS.size())).encode();
            byte[] answer = ANSWERS.get(random.nextInt(ANSWERS.size())).encode();
            request[random.nextInt(request.length)] = (byte) random.nextInt();
            answer[random.nextInt(answer.length)] = (byte) random.nextInt();
            readsTheSame(request, bytes -> MerkleRequest.decode(bytes).encode(), round);
            readsTheSame(answer, bytes -> MerkleAnswer.decode(bytes).encode(), round);
        }
    }

    private interface ReadAndWrite {
        byte[] through(byte[] bytes);
    }

    private static void readsTheSame(byte[] bytes, ReadAndWrite codec, int round) {
        try {
            assertThat(codec.through(bytes))
                    .as("seed %d, round %d", SEED, round)
                    .isEqualTo(bytes);
        } catch (KvsException refusal) {
            assertThat(refusal.code()).as("seed %d, round %d", SEED, round).isEqualTo(ErrorCode.INVALID_REQUEST);
        }
    }

    @Test
    void placesOutsideTheTreeOrOutOfOrderAreRefused() {
        refused(new MerkleRequest.Children(EPOCH, 4, new int[] {0}));
        refused(new MerkleRequest.Children(EPOCH, 0, new int[] {1}));
        refused(new MerkleRequest.Children(EPOCH, 1, new int[] {16}));
        refused(new MerkleRequest.Children(EPOCH, 3, new int[] {4096}));
        refused(new MerkleRequest.Children(EPOCH, 2, new int[] {5, 5}));
        refused(new MerkleRequest.Children(EPOCH, 2, new int[] {6, 5}));
        refused(new MerkleRequest.Children(EPOCH, 2, new int[] {}));
        refused(new MerkleRequest.Entries(EPOCH, 0, new int[] {}));
        refused(new MerkleRequest.Entries(EPOCH, 0, new int[] {8, 7}));
        refused(new MerkleRequest.Entries(
                EPOCH, 0, IntStream.range(0, MerkleRequest.NODES_MAX + 1).toArray()));
        refused(new MerkleRequest.Summary(-1, 0, 0));
        refused(new MerkleRequest.Summary(EPOCH, 0, -1));
    }

    private static void refused(MerkleRequest request) {
        refused(() -> MerkleRequest.decode(request.encode()));
    }

    @Test
    void countsThatPromiseMoreThanFollowsReserveNoMemory() {
        byte[] digests = ByteBuffer.allocate(13)
                .put((byte) MessageKind.CHILDREN)
                .putLong(EPOCH)
                .putInt(65_536)
                .array();
        refused(() -> MerkleAnswer.decode(digests));
        for (int count : new int[] {65_536, 65_537, Integer.MAX_VALUE, -1}) {
            byte[] entries = ByteBuffer.allocate(16)
                    .put((byte) MessageKind.ENTRIES)
                    .putLong(EPOCH)
                    .put((byte) 0)
                    .putShort((short) 1)
                    .putInt(count)
                    .array();
            refused(() -> MerkleAnswer.decode(entries));
        }
    }

    @Test
    void entriesOutOfOrderAreRefused() {
        refused(() -> MerkleAnswer.decode(entries(false, new LeafEntry(-1, 1, 1), new LeafEntry(1, 1, 1))));
        refused(() -> MerkleAnswer.decode(entries(false, new LeafEntry(1, 1, -1))));
    }

    @Test
    void answersThatDoNotFitTheQuestionEndTheRound() {
        byte[] summary = new MerkleAnswer.Summary(EPOCH, 1, 1).encode();
        byte[] children = new MerkleAnswer.Children(EPOCH, new long[16]).encode();
        refused(() -> asked(0).receive(children));
        refused(() -> asked(0).receive(entries(false)));
        refused(() -> asked(1).receive(summary));
        refused(() -> asked(1).receive(new MerkleAnswer.Children(EPOCH, new long[15]).encode()));
        refused(() -> asked(1).receive(new MerkleAnswer.Children(EPOCH, new long[32]).encode()));
        refused(() -> asked(5).receive(children));
        refused(() -> asked(5).receive(new MerkleAnswer.Entries(EPOCH, false, List.of(List.of(), List.of())).encode()));
        refused(() -> asked(5).receive(entries(true)));
        refused(() -> asked(5).receive(entries(true, new LeafEntry(-1, 1, 1))));
    }

    @Test
    void aPartThatBeginsBeforeWhereItWasAskedForIsRefused() {
        MerkleComparison comparison = asked(5);
        assertThat(comparison.receive(entries(true, new LeafEntry(50, 1, 1)))).isInstanceOf(MerkleComparison.Ask.class);
        refused(() -> comparison.receive(entries(true, new LeafEntry(50, 1, 1))));
    }

    /** One entry an answer, each a little further on: a leaf without end. */
    @Test
    void aLeafThatNeverEndsEndsTheRound() {
        MerkleComparison comparison = asked(5);
        long entry = 0;
        MerkleComparison.Step step;
        do {
            assertThat(entry).as("the round goes on and on").isLessThan(2000);
            step = comparison.receive(entries(true, new LeafEntry(entry, 1, 1)));
            entry++;
        } while (step instanceof MerkleComparison.Ask);
        Differences found = ((MerkleComparison.Found) step).differences();
        assertThat(found.onlyThere()).hasSize((int) entry - 1).hasSize(1019 - 1);
        assertThat(found.rivals()).hasSize(1);
        assertThat(found.more()).isTrue();
    }

    /** A comparison of one entry at leaf 0 with a liar who claims that everything differs, after some exchanges. */
    private static MerkleComparison asked(int exchanges) {
        Replica here = new Replica();
        here.put("mine", new KeyHash(0, 7), 3, 3);
        MerkleComparison comparison = new MerkleComparison(here.tree, here, EPOCH, 0);
        if (exchanges > 0) {
            comparison.receive(new MerkleAnswer.Summary(EPOCH, 1, 1).encode());
        }
        for (int level = 1; level < exchanges; level++) {
            comparison.receive(new MerkleAnswer.Children(EPOCH, new long[16]).encode());
        }
        return comparison;
    }

    private static byte[] entries(boolean cutOff, LeafEntry... leaf) {
        return new MerkleAnswer.Entries(EPOCH, cutOff, List.of(List.of(leaf))).encode();
    }

    private static void refused(Runnable decoding) {
        assertThatThrownBy(decoding::run)
                .isInstanceOfSatisfying(
                        KvsException.class,
                        refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.INVALID_REQUEST));
    }
}
