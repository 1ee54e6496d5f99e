package dev.kvs.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.kvs.wire.MediaTypes;
import dev.kvs.wire.Operation;
import dev.kvs.wire.Parameters;
import dev.kvs.wire.Paths;
import dev.kvs.wire.Query;
import dev.kvs.wire.StreamedDocument;
import dev.kvs.wire.WireJson;
import org.jspecify.annotations.Nullable;

/**
 * The documents of a prefix in byte order of their keys, read as they come. When the connection breaks, or the node goes, it
 * goes on behind the last document, at any server. Used by one thread.
 */
public final class ExportStream implements AutoCloseable {
    private final Transport transport;
    private final String prefix;
    private @Nullable String after;
    private byte @Nullable [] last;
    private OpenAnswer answer;

    ExportStream(Transport transport, String prefix, @Nullable String after) {
        this.transport = transport;
        this.prefix = prefix;
        this.after = after;
        this.answer = open();
    }

    private OpenAnswer open() {
        return transport.open(Call.read(Paths.operation("", Operation.EXPORT)
                        + new Query()
                                .with(Parameters.PREFIX, prefix.isEmpty() ? null : prefix)
                                .with(Parameters.AFTER, after))
                .accept(MediaTypes.NDJSON));
    }

    /** The next document as its line, UTF-8 without an end; null when there are no more. */
    public byte @Nullable [] nextLine() {
        int tries = 0;
        long brokenSince = 0;
        while (true) {
            try {
                byte[] line = answer.readLine();
                last = line == null ? last : line;
                return line;
            } catch (KvsClientException.Unreachable broken) {
                brokenSince = tries == 0 ? transport.nanoTime() : brokenSince;
                if (!transport.pause(tries++, brokenSince)) {
                    throw broken;
                }
                answer.close();
                after = last == null ? after : read(last).key();
                answer = open();
            }
        }
    }

    /** The next document; null when there are no more. */
    public @Nullable StreamedDocument next() {
        byte[] line = nextLine();
        return line == null ? null : read(line);
    }

    private StreamedDocument read(byte[] line) {
        try {
            return WireJson.read(line, StreamedDocument.class);
        } catch (JsonProcessingException unexpected) {
            throw answer.head().bad("a line of the export is not a document", unexpected);
        }
    }

    /** Ends the transfer. */
    @Override
    public void close() {
        answer.close();
    }
}
