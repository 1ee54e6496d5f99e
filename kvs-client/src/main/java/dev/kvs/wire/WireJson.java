package dev.kvs.wire;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.type.LogicalType;
import java.util.Set;

/**
 * Reads and writes the records of this package. Duplicate members, trailing text, invalid UTF-8, numbers for texts and
 * texts for numbers are refused. So are unknown members of requests, so that a misspelt wish is never ignored; those of
 * answers are skipped, so that a newer node can say more. Each record says which it is by its annotation.
 */
public final class WireJson {
    private static final Set<CoercionInputShape> SCALARS =
            Set.of(CoercionInputShape.Integer, CoercionInputShape.Float, CoercionInputShape.Boolean);

    private static final JsonMapper MAPPER = JsonMapper.builder(StrictJson.FACTORY)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS, DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .withCoercionConfig(LogicalType.Textual, texts -> {
                for (CoercionInputShape shape : SCALARS) {
                    texts.setCoercion(shape, CoercionAction.Fail);
                }
            })
            .defaultPropertyInclusion(
                    JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.NON_NULL))
            .build();

    private WireJson() {}

    /**
     * Reads one message.
     *
     * @throws JsonProcessingException when it is not JSON or not of this type; its {@code getOriginalMessage} and {@code
     *     getLocation} say what and where
     */
    public static <T> T read(byte[] utf8, Class<T> type) throws JsonProcessingException {
        String source = StrictJson.text(utf8);
        T message = MAPPER.readerFor(type).withAttribute(RawJson.SOURCE, source).readValue(source);
        if (message == null) {
            throw MismatchedInputException.from(null, type, "null is not a " + type.getSimpleName());
        }
        return message;
    }

    /** A record as UTF-8; members that are null are left out. */
    public static byte[] write(Object message) {
        try {
            return MAPPER.writeValueAsBytes(message);
        } catch (JsonProcessingException notOurs) {
            throw new IllegalArgumentException(
                    "cannot be written as JSON: " + message.getClass().getName(), notOurs);
        }
    }
}
