package dev.kvs.console.page;

import dev.kvs.client.ExportStream;
import dev.kvs.console.web.Feed;
import dev.kvs.console.web.Form;
import java.io.ByteArrayOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * {@code /keys/export}: the documents whose keys begin with a text, as the node's own export gives them to this visitor: a line of
 * JSON each. When the node breaks off the download does, too, and a browser says so.
 */
final class ExportFeed implements Feed {
    private static final int PART_BYTES = 64 << 10;

    private final ExportStream source;

    private ExportFeed(ExportStream source) {
        this.source = source;
    }

    static Outcome answer(Visit visit) {
        String prefix = visit.query().text("prefix");
        String name = prefix.replaceAll("[^A-Za-z0-9.-]+", "-").replaceAll("^[-.]+|-+$", "");
        return new Outcome.Download(
                (name.isEmpty() ? "keys" : name) + ".ndjson",
                "application/x-ndjson",
                new ExportFeed(visit.kvs().export(prefix, null)));
    }

    /** Where everything is that begins with a text. */
    static String href(String prefix) {
        return "/keys/export" + Form.query("prefix", prefix);
    }

    @Override
    public byte @Nullable [] next() {
        ByteArrayOutputStream part = new ByteArrayOutputStream(PART_BYTES);
        while (part.size() < PART_BYTES) {
            byte[] line = source.nextLine();
            if (line == null) {
                break;
            }
            part.writeBytes(line);
            part.write('\n');
        }
        return part.size() == 0 ? null : part.toByteArray();
    }

    @Override
    public long pauseMillis() {
        return 0;
    }

    @Override
    public void close() {
        source.close();
    }
}
