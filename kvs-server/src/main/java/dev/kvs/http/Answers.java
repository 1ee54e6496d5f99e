package dev.kvs.http;

import dev.kvs.model.Hlc;
import dev.kvs.model.KvsException;
import dev.kvs.model.Version;
import dev.kvs.platform.Check;
import dev.kvs.replication.Coordinator;
import dev.kvs.wire.EntityTag;
import dev.kvs.wire.ErrorCode;
import dev.kvs.wire.Headers;
import dev.kvs.wire.MediaTypes;
import io.helidon.http.Header;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Status;
import java.nio.charset.StandardCharsets;

/**
 * The answers of the data routes. These are the hot path: an envelope is the stored bytes with a few around them, never a
 * tree, and constant headers are made once.
 */
final class Answers {
    static final HeaderName ACKS = HeaderNames.create(Headers.ACKS);
    static final HeaderName CONDITION_SCOPE = HeaderNames.create(Headers.CONDITION_SCOPE);
    static final HeaderName TIMESTAMP = HeaderNames.create(Headers.TIMESTAMP);
    static final HeaderName EXPIRES_AT = HeaderNames.create(Headers.EXPIRES_AT);
    static final Header JSON = HeaderValues.createCached(HeaderNames.CONTENT_TYPE, MediaTypes.JSON);
    static final Header NO_CACHE = HeaderValues.createCached(HeaderNames.CACHE_CONTROL, "no-cache");
    private static final Header RAW_JSON = HeaderValues.createCached(HeaderNames.CONTENT_TYPE, MediaTypes.RAW_JSON);
    private static final Header VARY =
            HeaderValues.createCached(HeaderNames.VARY, Headers.ACCEPT + ", " + Headers.AUTHORIZATION);

    /** Conditions hold on the node that took the write; see {@link Headers#CONDITION_SCOPE}. */
    private static final Header SCOPE_NODE = HeaderValues.createCached(CONDITION_SCOPE, "node");

    /** Which of the two forms of a document is sent, and under which name. */
    enum Form {
        ENVELOPE,
        RAW,
        /** The bare document under its own media type, because the caller named that. */
        RAW_BY_ACCEPT;

        private boolean isRaw() {
            return this != ENVELOPE;
        }

        private Header mediaType() {
            return this == RAW_BY_ACCEPT ? RAW_JSON : JSON;
        }
    }

    private Answers() {}

    /** Answers with a version that has a document, as the request's conditions say. */
    static void document(Exchange exchange, Version version, Form form) {
        String uuid = version.uuid().toString();
        String tag = form.isRaw() ? new EntityTag(version.uuid(), true).toString() : '"' + uuid + '"';
        switch (Conditions.ofRead(exchange.headers(), version, tag)) {
            case PROCEED -> {
                documentHeaders(exchange, version, tag);
                exchange.header(form.mediaType());
                byte[] body = Check.present(version.body(), "a version that is shown has its document");
                exchange.send(Status.OK_200, form.isRaw() ? body : envelope(version, uuid, body));
            }
            case NOT_MODIFIED -> {
                documentHeaders(exchange, version, tag);
                exchange.send(Status.NOT_MODIFIED_304);
            }
            case FAILED ->
                throw new KvsException(
                        ErrorCode.PRECONDITION_FAILED,
                        "The current version is " + uuid + ", which If-Match does not name.");
        }
    }

    private static void documentHeaders(Exchange exchange, Version version, String tag) {
        long millis = Hlc.millis(version.hlc());
        exchange.header(HeaderNames.ETAG, tag);
        exchange.header(HeaderNames.LAST_MODIFIED, HttpDates.of(millis));
        exchange.header(TIMESTAMP, Long.toString(millis));
        exchange.header(NO_CACHE);
        exchange.header(VARY);
        if (version.expiresAt() != Version.NEVER) {
            exchange.header(EXPIRES_AT, Long.toString(version.expiresAt()));
        }
    }

    /** {@code {"uuid":...,"timestamp":...,"data":...,"expires_at":...}} around the stored bytes. */
    private static byte[] envelope(Version version, String uuid, byte[] data) {
        byte[] before = ("{\"uuid\":\"" + uuid + "\",\"timestamp\":" + Hlc.millis(version.hlc()) + ",\"data\":")
                .getBytes(StandardCharsets.ISO_8859_1);
        byte[] after = (version.expiresAt() == Version.NEVER ? "}" : ",\"expires_at\":" + version.expiresAt() + "}")
                .getBytes(StandardCharsets.ISO_8859_1);
        byte[] body = new byte[before.length + data.length + after.length];
        System.arraycopy(before, 0, body, 0, before.length);
        System.arraycopy(data, 0, body, before.length, data.length);
        System.arraycopy(after, 0, body, before.length + data.length, after.length);
        return body;
    }

    /** Answers to a write that made a document: {@code {"uuid":...,"timestamp":...}}. */
    static void written(Exchange exchange, Coordinator.Written written, boolean conditional) {
        Version version = written.version();
        String uuid = version.uuid().toString();
        writeHeaders(exchange, written, conditional);
        exchange.header(HeaderNames.ETAG, '"' + uuid + '"');
        exchange.header(JSON);
        if (version.expiresAt() != Version.NEVER) {
            exchange.header(EXPIRES_AT, Long.toString(version.expiresAt()));
        }
        byte[] body = ("{\"uuid\":\"" + uuid + "\",\"timestamp\":" + Hlc.millis(version.hlc()) + "}")
                .getBytes(StandardCharsets.ISO_8859_1);
        exchange.send(written.created() ? Status.CREATED_201 : Status.OK_200, body);
    }

    /** Answers to a delete. */
    static void deleted(Exchange exchange, Coordinator.Written written, boolean conditional) {
        writeHeaders(exchange, written, conditional);
        exchange.send(Status.NO_CONTENT_204);
    }

    private static void writeHeaders(Exchange exchange, Coordinator.Written written, boolean conditional) {
        exchange.header(TIMESTAMP, Long.toString(Hlc.millis(written.version().hlc())));
        exchange.header(ACKS, Integer.toString(written.acks()));
        if (conditional) {
            exchange.header(SCOPE_NODE);
        }
    }

    /** Answers with a message of the contract. */
    static void message(Exchange exchange, Status status, byte[] json) {
        exchange.header(JSON);
        exchange.header(NO_CACHE);
        exchange.send(status, json);
    }

    /** Tells the scope of a batch's conditions and how many nodes hold it. */
    static void batchHeaders(Exchange exchange, int acks, boolean conditional) {
        exchange.header(ACKS, Integer.toString(acks));
        if (conditional) {
            exchange.header(SCOPE_NODE);
        }
    }
}
