package dev.kvs.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;

/** An answer with the questions tests ask. */
record Answer(HttpResponse<byte[]> response) {
    private static final ObjectMapper JSON = new ObjectMapper();

    int status() {
        return response.statusCode();
    }

    String header(String name) {
        return response.headers().firstValue(name).orElse("");
    }

    String text() {
        return new String(response.body(), StandardCharsets.UTF_8);
    }

    JsonNode json() {
        try {
            return JSON.readTree(response.body());
        } catch (IOException broken) {
            throw new UncheckedIOException(text(), broken);
        }
    }

    /** The status and, of a problem document, the code: {@code 404 not_found}. */
    String outcome() {
        boolean problem = header("Content-Type").equals("application/problem+json");
        return problem ? status() + " " + header("KVS-Error-Code") : Integer.toString(status());
    }
}
