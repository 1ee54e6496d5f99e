package dev.kvs.replication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kvs.model.KvsException;
import dev.kvs.wire.ErrorCode;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PatchingTest {
    private final Patching patching = new Patching(1_000);

    /** The examples of RFC 7396, appendix A. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"a\":\"b\"}|{\"a\":\"c\"}|{\"a\":\"c\"}",
                "{\"a\":\"b\"}|{\"b\":\"c\"}|{\"a\":\"b\",\"b\":\"c\"}",
                "{\"a\":\"b\"}|{\"a\":null}|{}",
                "{\"a\":\"b\",\"b\":\"c\"}|{\"a\":null}|{\"b\":\"c\"}",
                "{\"a\":[\"b\"]}|{\"a\":\"c\"}|{\"a\":\"c\"}",
                "{\"a\":{\"b\":\"c\"}}|{\"a\":{\"b\":\"d\",\"c\":null}}|{\"a\":{\"b\":\"d\"}}",
                "[\"a\",\"b\"]|[\"c\",\"d\"]|[\"c\",\"d\"]",
                "{\"a\":\"foo\"}|null|null",
                "{\"e\":null}|{\"a\":1}|{\"e\":null,\"a\":1}",
                "[1,2]|{\"a\":\"b\",\"c\":null}|{\"a\":\"b\"}",
                "{}|{\"a\":{\"bb\":{\"ccc\":null}}}|{\"a\":{\"bb\":{}}}",
                "{\"n\":9223372036854775807,\"d\":1.10}|{\"x\":1}|{\"n\":9223372036854775807,\"d\":1.10,\"x\":1}"
            })
    void aMergePatchDoesWhatTheStandardSays(String document, String patch, String expected) {
        assertThat(apply(Coordinator.PatchFormat.MERGE_PATCH, document, patch)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"a\":1}|[{\"op\":\"add\",\"path\":\"/b\",\"value\":2}]|{\"a\":1,\"b\":2}",
                "{\"a\":[1,3]}|[{\"op\":\"add\",\"path\":\"/a/1\",\"value\":2}]|{\"a\":[1,2,3]}",
                "{\"a\":[1]}|[{\"op\":\"add\",\"path\":\"/a/-\",\"value\":2}]|{\"a\":[1,2]}",
                "{\"a\":1,\"b\":2}|[{\"op\":\"remove\",\"path\":\"/a\"}]|{\"b\":2}",
                "{\"a\":[1,2,3]}|[{\"op\":\"remove\",\"path\":\"/a/1\"}]|{\"a\":[1,3]}",
                "{\"a\":1}|[{\"op\":\"replace\",\"path\":\"/a\",\"value\":[]}]|{\"a\":[]}",
                "{\"a\":1}|[{\"op\":\"replace\",\"path\":\"\",\"value\":7}]|7",
                "{\"a\":{\"b\":1}}|[{\"op\":\"move\",\"from\":\"/a/b\",\"path\":\"/c\"}]|{\"a\":{},\"c\":1}",
                "{\"a\":[1,2]}|[{\"op\":\"copy\",\"from\":\"/a\",\"path\":\"/b\"}]|{\"a\":[1,2],\"b\":[1,2]}",
                "{\"a~b/c\":1}|[{\"op\":\"replace\",\"path\":\"/a~0b~1c\",\"value\":2}]|{\"a~b/c\":2}",
                "{\"a\":1.0}|[{\"op\":\"test\",\"path\":\"/a\",\"value\":1}]|{\"a\":1.0}"
            })
    void aJsonPatchDoesWhatTheStandardSays(String document, String patch, String expected) {
        assertThat(apply(Coordinator.PatchFormat.JSON_PATCH, document, patch)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"op\":\"add\",\"path\":\"/a\"}|INVALID_PATCH",
                "[{\"path\":\"/a\"}]|INVALID_PATCH",
                "[{\"op\":\"frob\",\"path\":\"/a\"}]|INVALID_PATCH",
                "[{\"op\":\"add\",\"path\":\"a\",\"value\":1}]|INVALID_PATCH",
                "[{\"op\":\"add\",\"path\":\"/a\"}]|INVALID_PATCH",
                "[{\"op\":\"remove\",\"path\":\"/nope\"}]|PATCH_CONFLICT",
                "[{\"op\":\"add\",\"path\":\"/l/9\",\"value\":1}]|PATCH_CONFLICT",
                "[{\"op\":\"add\",\"path\":\"/l/01\",\"value\":1}]|PATCH_CONFLICT",
                "[{\"op\":\"add\",\"path\":\"/a/b\",\"value\":1}]|PATCH_CONFLICT",
                "[{\"op\":\"test\",\"path\":\"/a\",\"value\":2}]|PATCH_CONFLICT",
                "[{\"op\":\"move\",\"from\":\"/o\",\"path\":\"/o/x\"}]|PATCH_CONFLICT",
                "[{\"op\":\"replace\",\"path\":\"/nope\",\"value\":2}]|PATCH_CONFLICT"
            })
    void aPatchThatCannotBeAppliedIsRefused(String patch, ErrorCode code) {
        String document = "{\"a\":1,\"l\":[1],\"o\":{}}";
        assertRefused(code, () -> apply(Coordinator.PatchFormat.JSON_PATCH, document, patch));
    }

    @Test
    void aPatchCannotMakeADocumentThatWouldBeRefused() {
        String large = "\"" + "x".repeat(600) + "\"";
        assertRefused(
                ErrorCode.BODY_TOO_LARGE,
                () -> apply(
                        Coordinator.PatchFormat.JSON_PATCH,
                        "{\"a\":" + large + "}",
                        "[{\"op\":\"copy\",\"from\":\"/a\",\"path\":\"/b\"}]"));
        String deep = "[".repeat(100) + "]".repeat(100);
        assertRefused(
                ErrorCode.PATCH_CONFLICT,
                () -> apply(
                        Coordinator.PatchFormat.JSON_PATCH,
                        deep,
                        "[{\"op\":\"add\",\"path\":\"" + "/0".repeat(99) + "/-\",\"value\":[]}]"));
        String twice = "{\"op\":\"copy\",\"from\":\"\",\"path\":\"/-\"},";
        assertRefused(
                ErrorCode.INVALID_PATCH,
                () -> apply(
                        Coordinator.PatchFormat.JSON_PATCH,
                        "[]",
                        "[" + twice.repeat(40).replaceAll(",$", "") + "]"));
    }

    private String apply(Coordinator.PatchFormat format, String document, String patch) {
        return new String(
                patching.apply(
                        format, document.getBytes(StandardCharsets.UTF_8), patch.getBytes(StandardCharsets.UTF_8)),
                StandardCharsets.UTF_8);
    }

    private static void assertRefused(ErrorCode code, Runnable action) {
        assertThatThrownBy(action::run)
                .isInstanceOfSatisfying(
                        KvsException.class, e -> assertThat(e.code()).isEqualTo(code));
    }
}
