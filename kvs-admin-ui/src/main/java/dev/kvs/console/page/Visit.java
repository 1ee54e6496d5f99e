package dev.kvs.console.page;

import dev.kvs.client.KvsClient;
import dev.kvs.client.KvsClientException;
import dev.kvs.console.web.Form;
import dev.kvs.console.web.Request;
import dev.kvs.wire.ErrorCode;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * One request to a page, by somebody who may see it.
 *
 * @param kvs asks the node in his name
 * @param elsewhere asks another member in his name, by its {@code host:port}; whoever asks closes it
 * @param server the node's address, for lines that people copy
 * @param user his name; empty where there is no access control
 * @param who stands for him, or where there is no access control for his browser, among all visitors
 * @param now when it came
 */
public record Visit(
        Request request,
        KvsClient kvs,
        Function<String, KvsClient> elsewhere,
        String server,
        String user,
        String who,
        Instant now) {
    public Form query() {
        return request.query();
    }

    public Form form() {
        return request.form();
    }

    /** Whether the node asks who is calling. */
    public boolean isGuarded() {
        return !user.isEmpty();
    }

    /** What only some may ask; empty for the others, and where the node does not have it. */
    public <T> Optional<T> ifAllowed(Supplier<T> question) {
        try {
            return Optional.of(question.get());
        } catch (KvsClientException.Refused refused) {
            if (refused.is(ErrorCode.FORBIDDEN) || refused.is(ErrorCode.UNKNOWN_PATH)) {
                return Optional.empty();
            }
            throw refused;
        }
    }
}
