package dev.kvs.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kvs.wire.Children;
import dev.kvs.wire.EntityTag;
import dev.kvs.wire.ErrorCode;
import dev.kvs.wire.Headers;
import dev.kvs.wire.HealthReport;
import dev.kvs.wire.RawJson;
import dev.kvs.wire.Stored;
import dev.kvs.wire.WireJson;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Turns answers into results, or into the exception that says what is wrong with them. */
final class Answers {
    private static final Set<ErrorCode> ABSENCES = EnumSet.of(
            ErrorCode.NOT_FOUND,
            ErrorCode.REVISION_NOT_FOUND,
            ErrorCode.MEMBER_NOT_FOUND,
            ErrorCode.CONFLICT_NOT_FOUND,
            ErrorCode.USER_NOT_FOUND,
            ErrorCode.GROUP_NOT_FOUND,
            ErrorCode.TOKEN_NOT_FOUND);

    private Answers() {}

    static Written written(Answer answer) {
        Stored stored = read(answer, Stored.class);
        return new Written(
                stored.uuid(),
                stored.timestamp(),
                answer.status() == 201,
                acks(answer),
                answer.header(Headers.CONDITION_SCOPE).orElse(null));
    }

    static int deleted(Answer answer) {
        successful(answer);
        return acks(answer);
    }

    private static int acks(Answer answer) {
        return Math.toIntExact(number(answer, Headers.ACKS).orElse(1L));
    }

    static Optional<Value> value(String key, Answer answer) {
        if (isAbsent(answer)) {
            return Optional.empty();
        }
        successful(answer);
        return Optional.of(new Value(
                key,
                uuid(answer),
                timestamp(answer),
                number(answer, Headers.EXPIRES_AT).orElse(null),
                new RawJson(text(answer))));
    }

    static Optional<ValueInfo> info(String key, Answer answer) {
        if (isAbsent(answer)) {
            return Optional.empty();
        }
        successful(answer);
        return Optional.of(new ValueInfo(
                key,
                uuid(answer),
                timestamp(answer),
                number(answer, Headers.EXPIRES_AT).orElse(null),
                number(answer, Headers.CONTENT_LENGTH).orElse(null)));
    }

    /** A node that does not say whether its history is complete has not promised it. */
    static AsOf asOf(String key, Answer answer) {
        boolean complete = answer.header(Headers.COMPLETE).map("true"::equals).orElse(false);
        return new AsOf(value(key, answer), complete);
    }

    static <T> Optional<T> found(Answer answer, Class<T> type) {
        return isAbsent(answer) ? Optional.empty() : Optional.of(read(answer, type));
    }

    static <T> T read(Answer answer, Class<T> type) {
        return read(answer, type.getSimpleName(), body -> WireJson.read(body, type));
    }

    /** Reads the body of a message. */
    private interface Reader<T> {
        T read(byte[] body) throws JsonProcessingException;
    }

    private static <T> T read(Answer answer, String type, Reader<T> reader) {
        try {
            return reader.read(successful(answer).body());
        } catch (JsonProcessingException unexpected) {
            throw answer.bad("it is not a " + type + ": " + unexpected.getOriginalMessage(), unexpected);
        }
    }

    /** A page that leads to itself is refused: whoever walks the pages would never come to an end. */
    static <P> P page(Answer answer, Class<P> type, @Nullable String after, Function<P, @Nullable String> nextOf) {
        return advancing(answer, read(answer, type), after, nextOf);
    }

    /** As {@link #page}. */
    static Children children(Answer answer, @Nullable String after) {
        return advancing(answer, read(answer, "Children", Children::read), after, Children::next);
    }

    private static <P> P advancing(
            Answer answer, P page, @Nullable String after, Function<P, @Nullable String> nextOf) {
        String next = nextOf.apply(page);
        if (next != null && next.equals(after)) {
            throw answer.bad("the pages do not advance beyond '" + next + "'");
        }
        return page;
    }

    /** A node that is down says so with 503 and a report; one that cannot even report gives a problem document. */
    static HealthReport health(Answer answer) {
        if (answer.status() != 503 || Refusals.isProblem(answer)) {
            return read(answer, HealthReport.class);
        }
        try {
            return WireJson.read(answer.body(), HealthReport.class);
        } catch (JsonProcessingException unexpected) {
            throw Refusals.of(answer);
        }
    }

    static <T> T object(Answer answer, ObjectMapper mapper, Class<T> type) {
        try {
            return mapper.readValue(answer.body(), type);
        } catch (IOException unexpected) {
            throw answer.bad("the document is not a " + type.getSimpleName(), unexpected);
        }
    }

    static String text(Answer answer) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(successful(answer).body()))
                    .toString();
        } catch (CharacterCodingException notUtf8) {
            throw answer.bad("it is not UTF-8", notUtf8);
        }
    }

    /** The answer itself, when it is a success. */
    static Answer successful(Answer answer) {
        if (answer.status() < 200 || answer.status() > 299) {
            throw Refusals.of(answer);
        }
        return answer;
    }

    /**
     * Whether the node says that nothing is there. A 404 of something else, such as a proxy that knows no such path, is
     * not that; an answer to HEAD has no body to tell them apart and may lack the header.
     */
    private static boolean isAbsent(Answer answer) {
        if (answer.status() != 404) {
            return false;
        }
        String code = answer.header(Headers.ERROR_CODE).orElse(null);
        if (code == null && answer.call().method().equals("HEAD")) {
            return true;
        }
        return isAbsence(code == null ? Refusals.of(answer).problem().code() : code);
    }

    private static boolean isAbsence(String code) {
        return ErrorCode.of(code).filter(ABSENCES::contains).isPresent();
    }

    private static UUID uuid(Answer answer) {
        String tag = answer.header(Headers.ETAG).orElseThrow(() -> missing(answer, Headers.ETAG));
        return EntityTag.parse(tag)
                .orElseThrow(() -> answer.bad("its " + Headers.ETAG + " is '" + tag + "', not a version"))
                .uuid();
    }

    private static long timestamp(Answer answer) {
        return number(answer, Headers.TIMESTAMP).orElseThrow(() -> missing(answer, Headers.TIMESTAMP));
    }

    private static Optional<Long> number(Answer answer, String header) {
        return answer.header(header).map(text -> number(answer, header, text));
    }

    private static @Nullable Long number(Answer answer, String header, String text) {
        try {
            return Long.valueOf(text);
        } catch (NumberFormatException notNumber) {
            throw answer.bad("its " + header + " is '" + text + "', not a number", notNumber);
        }
    }

    private static KvsClientException missing(Answer answer, String header) {
        return answer.bad("it has no " + header);
    }
}
