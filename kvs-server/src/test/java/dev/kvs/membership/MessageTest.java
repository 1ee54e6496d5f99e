package dev.kvs.membership;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kvs.model.KvsException;
import dev.kvs.model.NodeId;
import dev.kvs.platform.PeerPath;
import dev.kvs.wire.ErrorCode;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What is written is read; what is out of its bounds is not. */
class MessageTest {
    private static final Member SELF = Stranger.member("n1", "10.0.0.1:8080").at(3);
    private static final Member OTHER = Stranger.member("n2", "[::1]:8081").in(MemberState.SUSPECT);

    static Stream<Content> contents() {
        return Stream.of(
                new Content.Join(),
                new Content.Welcome(),
                new Content.Wait(1_000),
                new Content.Exchange(List.of()),
                new Content.Exchange(List.of(SELF, OTHER)),
                new Content.Probe(OTHER.id(), OTHER.store()),
                new Content.Ack(),
                new Content.ProbeFor(OTHER.id(), 17, 500),
                new Content.Report(OTHER.id(), 17, true),
                new Content.Report(OTHER.id(), Long.MAX_VALUE, false));
    }

    @ParameterizedTest
    @MethodSource("contents")
    void whatIsWrittenIsRead(Content content) {
        List<Claim> changes = List.of(Claim.of(SELF), new Claim(OTHER, new NodeId("accuser")));
        Message message =
                new Message(SimCluster.IDENTITY, SELF, 1_767_225_601_234L, changes, new byte[] {1, -1}, content);
        Message read = MessageReader.read(MessageWriter.write(message));
        assertThat(read).usingRecursiveComparison().isEqualTo(message);
    }

    @Test
    void theLongestProbeFitsItsPath() {
        String host = "h".repeat(Address.LENGTH_MAX - 6);
        List<Claim> changes = Stream.generate(() -> new Claim(longest(host), new NodeId("a".repeat(64))))
                .limit(Message.CHANGES_MAX)
                .toList();
        ClusterIdentity identity = new ClusterIdentity("c".repeat(64), "p".repeat(64), "m".repeat(64));
        byte[] bytes = MessageWriter.write(new Message(
                identity,
                longest(host).in(MemberState.ALIVE),
                Member.MILLIS_MAX,
                changes,
                new byte[Attachment.BYTES_MAX],
                new Content.Probe(new NodeId("t".repeat(64)), SELF.store())));
        assertThat(bytes.length).isLessThanOrEqualTo(PeerPath.PROBE.maxBytes());
        assertThat(MessageReader.read(bytes).changes()).hasSize(Message.CHANGES_MAX);
    }

    @Test
    void theLongestListFitsItsPath() {
        Member longest = longest("h".repeat(Address.LENGTH_MAX - 6));
        byte[] bytes = MessageWriter.write(new Message(
                SimCluster.IDENTITY,
                SELF,
                0,
                List.of(),
                new byte[Attachment.BYTES_MAX],
                new Content.Exchange(Collections.nCopies(Message.MEMBERS_MAX, longest))));
        assertThat(bytes.length).isLessThanOrEqualTo(PeerPath.GOSSIP.maxBytes());
    }

    private static Member longest(String host) {
        return new Member(
                new NodeId("n".repeat(64)),
                host + ":65535",
                SELF.store(),
                Member.INCARNATION_MAX,
                MemberState.SUSPECT,
                Member.MILLIS_MAX,
                "m".repeat(Member.MODE_LENGTH_MAX),
                "r".repeat(Member.RELEASE_LENGTH_MAX),
                Member.SPEAKS_MAX);
    }

    @Test
    void whatANewerVersionSaysMoreIsSkipped() {
        String text = text(new Content.Ack())
                .replace("\"clock\":7", "\"clock\":7,\"weather\":{\"rain\":[1,{\"a\":null}]},\"mood\":\"good\"")
                .replace("\"incarnation\":3", "\"incarnation\":3,\"zone\":\"eu\"");
        assertThat(read(text).from()).isEqualTo(SELF);
    }

    @Test
    void aMemberInAStateOfANewerVersionIsLeftOut() {
        String text = text(new Content.Exchange(List.of(SELF, OTHER))).replace("\"suspect\"", "\"draining\"");
        assertThat(read(text).content()).isEqualTo(new Content.Exchange(List.of(SELF)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        "format":1                | "format":2
        "format":1                | "format":0
        "format":1                | "format":"1"
        "clock":7                 | "clock":-1
        "clock":7                 | "clock":281474976710656
        "clock":7                 | "clock":1e3
        "clock":7                 | "clock":99999999999999999999999999
        "clock":7                 | "clockwise":7
        "incarnation":3           | "incarnation":0
        "incarnation":3           | "incarnation":281474976710657
        "incarnation":3           | "incarnation":null
        "id":"n1"                 | "id":""
        "id":"n1"                 | "id":"n 1"
        "id":"n1"                 | "id":["n1"]
        "id":"n1"                 | "id":"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
        "address":"10.0.0.1:8080" | "address":"10.0.0.1"
        "address":"10.0.0.1:8080" | "address":"10.0.0.1:0"
        "address":"10.0.0.1:8080" | "address":"10.0.0.1:65536"
        "address":"10.0.0.1:8080" | "address":"a/b:1"
        "address":"10.0.0.1:8080" | "address":":1"
        "address":"10.0.0.1:8080" | "address":"user@host:1"
        "store":"                 | "store":"x
        "state":"alive"           | "state":"failed"
        "state":"alive"           | "state":"suspect"
        "state":"alive"           | "state":"draining"
        "mode":"normal"           | "mode":""
        "mode":"normal"           | "mode":"a b"
        "mode":"normal"           | "mode":"<script>alert(1)</script>xxxxxxxxxxxxxxxxxxxxxx"
        "release":"1.0.0"         | "release":"1\\n2"
        "speaks":1                | "speaks":0
        "cluster":"c7f0"          | "cluster":""
        "kind":"ack"              | "kind":"bribe"
        "kind":"ack"              | "kind":"exchange"
        "kind":"ack"              | "kind":"probe"
        "kind":"ack"              | "kind":"report"
        "kind":"ack"              | "kind":"ack","attachment":"***"
        "kind":"ack"              | "kind":"ack","attachment":7
        "kind":"ack"              | "kind":"ack","changes":{}
        "kind":"ack"              | "kind":"ack","changes":[1]
        "kind":"ack"              | "kind":"ack","members":[[]]
        "kind":"ack"              | "kind":"ack","ticket":-1
        "kind":"ack"              | "kind":"ack","reached":"yes"
        }                         | }}
        {                         | [{
        """)
    void whatIsOutOfItsBoundsIsRefused(String good, String bad) {
        String text = text(new Content.Ack());
        assertThat(text).contains(good.strip());
        assertThatThrownBy(() -> read(text.replace(good.strip(), bad.strip())))
                .isInstanceOfSatisfying(KvsException.class, refused -> {
                    assertThat(refused.code()).isEqualTo(ErrorCode.INVALID_REQUEST);
                    assertThat(refused.detail())
                            .startsWith("A membership message cannot be read")
                            .hasSizeLessThan(700);
                });
    }

    @Test
    void moreNewsThanAMessageMayCarryIsRefused() {
        Message message = new Message(
                SimCluster.IDENTITY,
                SELF,
                0,
                Collections.nCopies(Message.CHANGES_MAX + 1, Claim.of(OTHER)),
                new byte[0],
                new Content.Ack());
        assertRefused(MessageWriter.write(message));
    }

    @Test
    void anAttachmentThatIsTooLongIsRefused() {
        Message message = new Message(
                SimCluster.IDENTITY, SELF, 0, List.of(), new byte[Attachment.BYTES_MAX + 1], new Content.Ack());
        assertRefused(MessageWriter.write(message));
    }

    @Test
    void depthLengthAndEmptinessHaveBounds() {
        String text = text(new Content.Ack());
        assertRefused(text.replace("\"clock\":7", "\"clock\":7,\"x\":" + "[".repeat(100) + "]".repeat(100))
                .getBytes(StandardCharsets.UTF_8));
        assertRefused(text.replace("\"kind\":\"ack\"", "\"kind\":\"" + "y".repeat(200_000) + "\"")
                .getBytes(StandardCharsets.UTF_8));
        assertRefused(text.replace("\"clock\":7", "\"clock\":7,\"" + "y".repeat(200_000) + "\":1")
                .getBytes(StandardCharsets.UTF_8));
        assertRefused(new byte[0]);
        assertRefused(new byte[] {(byte) 0xC3, (byte) 0x28});
        assertRefused("null".getBytes(StandardCharsets.UTF_8));
    }

    private static void assertRefused(byte[] bytes) {
        assertThatThrownBy(() -> MessageReader.read(bytes)).isInstanceOf(KvsException.class);
    }

    private static String text(Content content) {
        return new String(
                MessageWriter.write(new Message(SimCluster.IDENTITY, SELF, 7, List.of(), new byte[0], content)),
                StandardCharsets.UTF_8);
    }

    private static Message read(String text) {
        return MessageReader.read(text.getBytes(StandardCharsets.UTF_8));
    }
}
