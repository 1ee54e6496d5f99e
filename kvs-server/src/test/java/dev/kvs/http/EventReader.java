package dev.kvs.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** A watch as a client has it: one event after the other. */
final class EventReader implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    final HttpResponse<InputStream> response;
    private final BufferedReader lines;
    private @Nullable String lastId;

    record Event(String kind, String id, JsonNode data) {
        String key() {
            return data.path("key").asText();
        }
    }

    private EventReader(HttpResponse<InputStream> response) {
        this.response = response;
        this.lines = new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8));
    }

    static EventReader open(Door door, String query, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(door.uri("/kv/_watch" + query));
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            return new EventReader(door.client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream()));
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    /** Reads until the watch has told where it stands; it misses nothing from then on. */
    EventReader begun() throws IOException {
        while (lastId == null) {
            String line = lines.readLine();
            if (line == null) {
                throw new IOException("the watch ended before it began: " + response.statusCode());
            }
            if (line.startsWith("id: ")) {
                lastId = line.substring(4);
            }
        }
        return this;
    }

    String lastId() {
        return lastId;
    }

    /** The next event; null at the end. */
    @Nullable
    Event next() throws IOException {
        String kind = null;
        String data = null;
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.startsWith("event: ")) {
                kind = line.substring(7);
            } else if (line.startsWith("data: ")) {
                data = line.substring(6);
            } else if (line.startsWith("id: ")) {
                lastId = line.substring(4);
            } else if (line.isEmpty() && kind != null) {
                return new Event(kind, lastId, JSON.readTree(data));
            }
        }
        return null;
    }

    @Override
    public void close() throws IOException {
        response.body().close();
    }
}
