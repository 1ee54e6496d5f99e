package dev.kvs.peer.session;

import static dev.kvs.peer.session.Nodes.bytes;
import static dev.kvs.peer.session.Nodes.credentials;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kvs.model.NodeId;
import dev.kvs.platform.SimRandomness;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

class KeyScheduleTest {
    private static final byte[] NONCE_A = bytes("a".repeat(32));
    private static final byte[] NONCE_B = bytes("b".repeat(32));
    private static final SessionId SESSION = new SessionId(1, 2);

    private static Hello hello(String node, byte[] nonce) {
        return new Hello("cluster-1", new NodeId(node), nonce, new byte[32], new byte[0]);
    }

    private static Welcome welcome(String node, SessionId session, byte[] nonce) {
        return new Welcome(new NodeId(node), session, nonce, new byte[32], new byte[0]);
    }

    @Test
    void everyKeyIsDifferentAndBoundToAllThatTheSessionIs() {
        KeySchedule schedule = new KeySchedule(credentials("a"));
        Hello hello = hello("a", NONCE_A);
        Welcome welcome = welcome("b", SESSION, NONCE_B);
        List<KeySchedule.Keys> all = List.of(
                schedule.handshake(),
                schedule.session(hello, welcome),
                schedule.session(hello("c", NONCE_A), welcome),
                schedule.session(hello("a", NONCE_B), welcome),
                schedule.session(hello, welcome("c", SESSION, NONCE_B)),
                schedule.session(hello, welcome("b", new SessionId(1, 3), NONCE_B)),
                schedule.session(hello, welcome("b", SESSION, NONCE_A)),
                schedule.session(hello("b", NONCE_B), welcome("a", SESSION, NONCE_A)),
                new KeySchedule(credentials("cluster-2", "a", Nodes.SECRET)).session(hello, welcome),
                new KeySchedule(credentials("cluster-1", "a", bytes("other"))).session(hello, welcome),
                new KeySchedule(credentials("cluster-1", "a", new byte[0])).session(hello, welcome));
        Set<String> keys = new HashSet<>();
        for (KeySchedule.Keys pair : all) {
            keys.add(HexFormat.of().formatHex(pair.call().getEncoded()));
            keys.add(HexFormat.of().formatHex(pair.answer().getEncoded()));
        }
        assertThat(keys).hasSize(2 * all.size());
    }

    /** RFC 5869, 2.2 and 2.3, written out with HMAC: nodes of another version or language must come to the same keys. */
    @Test
    void theKeysAreThoseOfTheWrittenDerivation() throws Exception {
        ByteArrayOutputStream info = new ByteArrayOutputStream();
        for (byte[] part : new byte[][] {
            bytes("session"),
            bytes("cluster-1"),
            bytes("a"),
            bytes("b"),
            HexFormat.of().parseHex("00000000000000010000000000000002"),
            NONCE_A,
            NONCE_B
        }) {
            info.write(part.length >> 8);
            info.write(part.length);
            info.write(part);
        }
        byte[] extracted = hmac(bytes("kvs node sessions 1"), Nodes.SECRET);
        byte[] first = hmac(extracted, concat(info.toByteArray(), new byte[] {1}));
        byte[] second = hmac(extracted, concat(concat(first, info.toByteArray()), new byte[] {2}));
        KeySchedule.Keys keys =
                new KeySchedule(credentials("a")).session(hello("a", NONCE_A), welcome("b", SESSION, NONCE_B));
        assertThat(keys.call().getEncoded()).isEqualTo(first);
        assertThat(keys.answer().getEncoded()).isEqualTo(second);
    }

    @Test
    void theLongestNamesFitIntoAKeysInfo() {
        KeySchedule schedule = new KeySchedule(credentials("c".repeat(128), "a", Nodes.SECRET));
        KeySchedule.Keys keys =
                schedule.session(hello("a".repeat(64), NONCE_A), welcome("b".repeat(64), SESSION, NONCE_B));
        assertThat(keys.call().getEncoded()).hasSize(32);
        NodeCredentials longest = credentials("c".repeat(128), "a".repeat(64), Nodes.SECRET);
        Hello hello = Hello.of(longest, new SimRandomness(1), new Signer(), keys.call());
        assertThat(hello.encoded()).hasSize(AcceptedSessions.helloBytesMax());
    }

    private static byte[] hmac(byte[] key, byte[] message) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        return mac.doFinal(message);
    }

    private static byte[] concat(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }
}
