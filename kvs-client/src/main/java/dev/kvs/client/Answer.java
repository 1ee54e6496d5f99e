package dev.kvs.client;

import java.net.URI;
import java.net.http.HttpHeaders;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What one server answered to one call, complete. */
record Answer(Call call, URI server, int status, HttpHeaders headers, byte[] body) {
    Optional<String> header(String name) {
        return headers.firstValue(name);
    }

    /** The failure when this is not what the contract promises; a write that was answered so may have been done. */
    KvsClientException.BadAnswer bad(String why) {
        return bad(why, null);
    }

    KvsClientException.BadAnswer bad(String why, @Nullable Throwable cause) {
        return new KvsClientException.BadAnswer(
                server,
                why + " (" + call.method() + " " + call.target() + " gave " + status + ")",
                call.isWrite(),
                cause);
    }
}
