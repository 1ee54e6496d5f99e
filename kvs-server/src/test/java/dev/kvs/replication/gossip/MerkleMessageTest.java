package dev.kvs.replication.gossip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kvs.model.Keyspace;
import dev.kvs.model.KvsException;
import dev.kvs.wire.ErrorCode;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MerkleMessageTest {
    private static final long SEED = 20_261_121;

    private static final List<Map<Keyspace, byte[]>> MESSAGES = List.of(
            Map.of(Keyspace.SYSTEM, new byte[] {1, 2, 3}),
            Map.of(Keyspace.DOCUMENTS, new byte[0]),
            Map.of(Keyspace.DOCUMENTS, new byte[300], Keyspace.SYSTEM, new byte[] {7}));

    @Test
    void isReadAsItWasWritten() {
        for (Map<Keyspace, byte[]> parts : MESSAGES) {
            Map<Keyspace, byte[]> read =
                    MerkleMessage.decode(new MerkleMessage(parts).encode()).parts();
            assertThat(read).containsOnlyKeys(parts.keySet());
            parts.forEach((keyspace, part) -> assertThat(read.get(keyspace)).isEqualTo(part));
        }
    }

    @Test
    void isRefusedWhenCutOrPadded() {
        for (Map<Keyspace, byte[]> parts : MESSAGES) {
            byte[] whole = new MerkleMessage(parts).encode();
            for (int length = 0; length < whole.length; length++) {
                refused(Arrays.copyOf(whole, length));
            }
            refused(Arrays.copyOf(whole, whole.length + 1));
        }
    }

    @Test
    void isRefusedWithOtherPartsThanOneOfEachKeyspaceInOrder() {
        refused(new byte[] {0x11, 0});
        refused(new byte[] {0x11, 1, 2, 0});
        refused(new byte[] {0x11, 2, 0, 0, 0, 0});
        refused(new byte[] {0x11, 2, 1, 0, 0, 0});
        refused(new byte[] {0x11, 3, 0, 0, 1, 0, 1, 0});
        refused(new byte[] {0x12, 1, 0, 0});
        refused(new MerkleMessage(new EnumMap<>(Keyspace.class)).encode());
    }

    @Test
    void isRefusedOrReadWhateverItsBytesAre() {
        Random random = new Random(SEED);
        for (int round = 0; round < 20_000; round++) {
            byte[] bytes = new MerkleMessage(MESSAGES.get(random.nextInt(MESSAGES.size()))).encode();
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            try {
                assertThat(MerkleMessage.decode(bytes).parts())
                        .as("seed %d, round %d", SEED, round)
                        .isNotEmpty();
            } catch (KvsException refusal) {
                assertThat(refusal.code()).isEqualTo(ErrorCode.INVALID_REQUEST);
            }
        }
    }

    private static void refused(byte[] bytes) {
        assertThatThrownBy(() -> MerkleMessage.decode(bytes))
                .isInstanceOfSatisfying(
                        KvsException.class,
                        refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.INVALID_REQUEST));
    }
}
