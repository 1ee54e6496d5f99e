package dev.kvs.membership;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.kvs.membership.Content.Ack;
import dev.kvs.membership.Content.Exchange;
import dev.kvs.membership.Content.Join;
import dev.kvs.membership.Content.Probe;
import dev.kvs.membership.Content.ProbeFor;
import dev.kvs.membership.Content.Report;
import dev.kvs.membership.Content.Wait;
import dev.kvs.membership.Content.Welcome;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * Writes messages as JSON. A probe that carries a suspicion and four bytes for somebody else:
 *
 * <pre>{@code
 * {"format":1,"cluster":"c7f0","policy":"oldest-node","cluster_mode":"gossip",
 *  "from":{"id":"n1","address":"10.0.0.1:8080","store":"01981e2a-...","incarnation":1,"state":"alive",
 *          "joined":1767225600000,"mode":"normal","release":"1.0.0","speaks":1},
 *  "clock":1767225601234,
 *  "kind":"probe","target":"n2","store":"01981e2b-...",
 *  "changes":[{"id":"n2",...,"state":"suspect","accuser":"n1"}],
 *  "attachment":"q80AAQ=="}
 * }</pre>
 */
final class MessageWriter {
    private static final JsonFactory FACTORY = new JsonFactory();

    /** Most messages are shorter than this. */
    private static final int USUAL_BYTES = 1_024;

    private MessageWriter() {}

    static byte[] write(Message message) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(USUAL_BYTES);
        try (JsonGenerator json = FACTORY.createGenerator(bytes)) {
            json.writeStartObject();
            json.writeNumberField("format", Message.FORMAT);
            json.writeStringField("cluster", message.identity().clusterId());
            json.writeStringField("policy", message.identity().conflictPolicy());
            json.writeStringField("cluster_mode", message.identity().clusterMode());
            json.writeFieldName("from");
            claim(json, Claim.of(message.from()));
            json.writeNumberField("clock", message.clockMillis());
            content(json, message.content());
            if (!message.changes().isEmpty()) {
                json.writeArrayFieldStart("changes");
                for (Claim claim : message.changes()) {
                    claim(json, claim);
                }
                json.writeEndArray();
            }
            if (message.attachment().length > 0) {
                json.writeBinaryField("attachment", message.attachment());
            }
            json.writeEndObject();
        } catch (IOException impossible) {
            throw new UncheckedIOException("writing to memory failed", impossible);
        }
        return bytes.toByteArray();
    }

    private static void claim(JsonGenerator json, Claim claim) throws IOException {
        Member member = claim.member();
        json.writeStartObject();
        json.writeStringField("id", member.id().value());
        json.writeStringField("address", member.address());
        json.writeStringField("store", member.store().toString());
        json.writeNumberField("incarnation", member.incarnation());
        json.writeStringField("state", member.state().word());
        json.writeNumberField("joined", member.joinedMillis());
        json.writeStringField("mode", member.mode());
        json.writeStringField("release", member.release());
        json.writeNumberField("speaks", member.speaks());
        if (claim.accuser() != null) {
            json.writeStringField("accuser", claim.accuser().value());
        }
        json.writeEndObject();
    }

    private static void content(JsonGenerator json, Content content) throws IOException {
        json.writeStringField("kind", MessageKind.of(content).word());
        switch (content) {
            case Join _, Welcome _, Ack _ -> {}
            case Wait(long retryMillis) -> json.writeNumberField("retry", retryMillis);
            case Exchange(var members) -> {
                json.writeArrayFieldStart("members");
                for (Member member : members) {
                    claim(json, Claim.of(member));
                }
                json.writeEndArray();
            }
            case Probe(var target, var store) -> {
                json.writeStringField("target", target.value());
                json.writeStringField("store", store.toString());
            }
            case ProbeFor(var target, long ticket, long patience) -> {
                json.writeStringField("target", target.value());
                json.writeNumberField("ticket", ticket);
                json.writeNumberField("patience", patience);
            }
            case Report(var target, long ticket, boolean reached) -> {
                json.writeStringField("target", target.value());
                json.writeNumberField("ticket", ticket);
                json.writeBooleanField("reached", reached);
            }
        }
    }
}
