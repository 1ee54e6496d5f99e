package dev.kvs.membership;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import dev.kvs.model.KvsException;
import dev.kvs.model.NodeId;
import dev.kvs.model.StoreId;
import dev.kvs.wire.ErrorCode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Reads messages, trusting nothing: every text has a greatest length, every number a range, every list a greatest size, and
 * reading stops where one is passed. What this version does not know is skipped, so that a newer one can say more. A member in
 * a state that this version does not know is left out.
 */
final class MessageReader {
    /** Members are objects in an array in the message; what is unknown may nest a little. */
    private static final int DEPTH_MAX = 16;

    /** An attachment in base 64, with room. */
    private static final int TEXT_MAX = 48 << 10;

    private static final int NAME_MAX = 64;
    private static final int STORE_LENGTH = 36;
    private static final long PATIENCE_MAX = 600_000;

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(DEPTH_MAX)
                    .maxStringLength(TEXT_MAX)
                    .maxNameLength(NAME_MAX)
                    .maxNumberLength(20)
                    .build())
            .build();

    private final JsonParser json;

    private String cluster = "";
    private String policy = "";
    private String mode = "";
    private @Nullable Member from;
    private long clock = -1;
    private String kind = "";
    private String target = "";
    private String store = "";
    private long ticket = -1;
    private long patience = -1;
    private long retry = -1;
    private @Nullable Boolean reached;
    private List<Claim> changes = List.of();
    private @Nullable List<Claim> members;
    private byte[] attachment = new byte[0];

    private MessageReader(JsonParser json) {
        this.json = json;
    }

    /** Reads a message; throws {@link KvsException} {@code invalid_request} that says what is wrong and where. */
    static Message read(byte[] bytes) {
        try (JsonParser json = FACTORY.createParser(bytes)) {
            MessageReader reader = new MessageReader(json);
            reader.fields();
            return reader.message();
        } catch (IOException | IllegalArgumentException malformed) {
            String why = malformed.getMessage();
            throw invalid(why == null ? malformed.getClass().getSimpleName() : why);
        }
    }

    private static KvsException invalid(String why) {
        return new KvsException(ErrorCode.INVALID_REQUEST, "A membership message cannot be read: " + why);
    }

    private void fields() throws IOException {
        expect(json.nextToken() == JsonToken.START_OBJECT, "a message is an object");
        for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
            json.nextToken();
            switch (name) {
                case "format" -> expect(number(1, Message.FORMAT) == Message.FORMAT, "its format is not known here");
                case "cluster" -> cluster = text(ClusterIdentity.LENGTH_MAX);
                case "policy" -> policy = text(ClusterIdentity.LENGTH_MAX);
                case "cluster_mode" -> mode = text(ClusterIdentity.LENGTH_MAX);
                case "from" -> from = member();
                case "clock" -> clock = number(0, Member.MILLIS_MAX);
                case "kind" -> kind = text(NAME_MAX);
                case "changes" -> changes = claims(Message.CHANGES_MAX);
                case "members" -> members = claims(Message.MEMBERS_MAX);
                case "attachment" -> attachment = attachment();
                case "target" -> target = text(NAME_MAX);
                case "store" -> store = text(STORE_LENGTH);
                case "ticket" -> ticket = number(0, Long.MAX_VALUE);
                case "patience" -> patience = number(1, PATIENCE_MAX);
                case "retry" -> retry = number(1, PATIENCE_MAX);
                case "reached" -> reached = flag();
                default -> json.skipChildren();
            }
        }
        expect(json.currentToken() == JsonToken.END_OBJECT, "an object ends with a brace");
        expect(json.nextToken() == null, "nothing follows the message");
    }

    private Message message() throws IOException {
        Member sender = required(from, "from");
        MemberState state = sender.state();
        expect(state == MemberState.ALIVE || state == MemberState.LEFT, "a sender is alive, or leaves");
        expect(clock >= 0, "clock is missing");
        return new Message(new ClusterIdentity(cluster, policy, mode), sender, clock, changes, attachment, content());
    }

    private Content content() throws IOException {
        MessageKind known =
                MessageKind.of(kind).orElseThrow(() -> new IllegalArgumentException("its kind is not known here"));
        return switch (known) {
            case JOIN -> new Content.Join();
            case WELCOME -> new Content.Welcome();
            case ACK -> new Content.Ack();
            case WAIT -> new Content.Wait(present(retry, "retry"));
            case EXCHANGE ->
                new Content.Exchange(
                        required(members, "members").stream().map(Claim::member).toList());
            case PROBE -> new Content.Probe(new NodeId(target), storeOf(store));
            case PROBE_FOR ->
                new Content.ProbeFor(new NodeId(target), present(ticket, "ticket"), present(patience, "patience"));
            case REPORT ->
                new Content.Report(new NodeId(target), present(ticket, "ticket"), required(reached, "reached"));
        };
    }

    private List<Claim> claims(int max) throws IOException {
        expect(json.currentToken() == JsonToken.START_ARRAY, "members come in an array");
        List<Claim> claims = new ArrayList<>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
            Claim claim = claim();
            if (claim != null) {
                expect(claims.size() < max, "more than " + max + " members");
                claims.add(claim);
            }
        }
        return claims;
    }

    private Member member() throws IOException {
        return required(claim(), "a state that is known here").member();
    }

    /** One member; null when its state is one of a newer version. */
    private @Nullable Claim claim() throws IOException {
        expect(json.currentToken() == JsonToken.START_OBJECT, "a member is an object");
        String id = "";
        String address = "";
        String storeText = "";
        long incarnation = 0;
        String state = "";
        long joined = -1;
        String memberMode = "";
        String release = "";
        long speaks = Message.FORMAT;
        NodeId accuser = null;
        for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
            json.nextToken();
            switch (name) {
                case "id" -> id = text(NAME_MAX);
                case "address" -> address = text(Address.LENGTH_MAX);
                case "store" -> storeText = text(STORE_LENGTH);
                case "incarnation" -> incarnation = number(1, Member.INCARNATION_MAX);
                case "state" -> state = text(NAME_MAX);
                case "joined" -> joined = number(0, Member.MILLIS_MAX);
                case "mode" -> memberMode = text(Member.MODE_LENGTH_MAX);
                case "release" -> release = text(Member.RELEASE_LENGTH_MAX);
                case "speaks" -> speaks = number(1, Member.SPEAKS_MAX);
                case "accuser" -> accuser = new NodeId(text(NAME_MAX));
                default -> json.skipChildren();
            }
        }
        MemberState known = MemberState.of(state).orElse(null);
        if (known == null) {
            expect(!state.isEmpty(), "a member has a state");
            return null;
        }
        Member member = new Member(
                new NodeId(id), address, storeOf(storeText), incarnation, known, joined, memberMode, release, (int)
                        speaks);
        return new Claim(member, known == MemberState.SUSPECT ? accuser : null);
    }

    private byte[] attachment() throws IOException {
        expect(json.currentToken() == JsonToken.VALUE_STRING, "an attachment is base 64");
        byte[] bytes = json.getBinaryValue();
        expect(bytes.length <= Attachment.BYTES_MAX, "an attachment has at most " + Attachment.BYTES_MAX + " bytes");
        return bytes;
    }

    private String text(int lengthMax) throws IOException {
        expect(json.currentToken() == JsonToken.VALUE_STRING, "a text is expected");
        expect(json.getTextLength() <= lengthMax, "a text is longer than " + lengthMax);
        return json.getText();
    }

    private long number(long min, long max) throws IOException {
        expect(json.currentToken() == JsonToken.VALUE_NUMBER_INT, "a whole number is expected");
        long value = json.getLongValue();
        expect(value >= min && value <= max, "a number is outside " + min + " to " + max);
        return value;
    }

    private boolean flag() throws IOException {
        expect(json.currentToken().isBoolean(), "true or false is expected");
        return json.getBooleanValue();
    }

    private static StoreId storeOf(String text) {
        if (text.length() != STORE_LENGTH) {
            throw new IllegalArgumentException("store must be a UUID of " + STORE_LENGTH + " characters");
        }
        return new StoreId(UUID.fromString(text));
    }

    private long present(long value, String name) throws IOException {
        expect(value >= 0, name + " is missing");
        return value;
    }

    private <T> T required(@Nullable T value, String name) {
        if (value == null) {
            throw new IllegalArgumentException(name + " is missing");
        }
        return value;
    }

    /** Names the place where what must hold does not. */
    private void expect(boolean holds, String rule) throws IOException {
        if (!holds) {
            var place = json.currentLocation();
            throw new IllegalArgumentException(rule + " (byte " + place.getByteOffset() + ")");
        }
    }
}
