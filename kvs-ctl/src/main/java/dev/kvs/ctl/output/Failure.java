package dev.kvs.ctl.output;

import dev.kvs.wire.ErrorCode;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import org.jspecify.annotations.Nullable;

/**
 * The end of a command that did not work. Carries no stack trace: it is an answer for a person or a script.
 *
 * <p>Under {@code -o json} it is one object on standard error:
 *
 * <pre>{@code
 * {"code":"not_found","detail":"users/ada is not stored on this node","exit_code":3,"status":404,"request_id":"0192..."}
 * }</pre>
 */
public final class Failure extends RuntimeException {
    private final ExitCode exit;
    private final String code;
    private final String detail;
    private final int status;
    private final @Nullable String requestId;

    private Failure(ExitCode exit, String code, String detail, int status, @Nullable String requestId) {
        super(detail, null, false, false);
        this.exit = exit;
        this.code = code;
        this.detail = detail;
        this.status = status;
        this.requestId = requestId;
    }

    /** A refusal by a node: its stable word, what it said, the HTTP status and the id to find it in the node's log. */
    public static Failure refused(ExitCode exit, String code, String detail, int status, @Nullable String requestId) {
        return new Failure(exit, code, detail, status, requestId);
    }

    /** The command line is not valid; {@code detail} names the flag and what to write instead. */
    public static Failure usage(String detail) {
        return new Failure(ExitCode.USAGE, "usage", detail, 0, null);
    }

    /** An end that no node decided, under a word of this program's own. */
    public static Failure of(ExitCode exit, String code, String detail) {
        return new Failure(exit, code, detail, 0, null);
    }

    /** A key that cannot be sent, under the node's own word for it. */
    public static Failure invalidKey(String detail) {
        return new Failure(ExitCode.USAGE, ErrorCode.INVALID_KEY.code(), detail, 0, null);
    }

    /** The same end with more said about it. */
    public Failure adding(String more) {
        return new Failure(exit, code, detail + more, status, requestId);
    }

    /** What went wrong with a file, in words; some exceptions say the name of the file alone. */
    public static String reason(Exception e) {
        return switch (e) {
            case NoSuchFileException missing -> "there is no such file";
            case AccessDeniedException denied -> "access is denied";
            default -> String.valueOf(e.getMessage());
        };
    }

    public ExitCode exit() {
        return exit;
    }

    /** The stable word: one of the node's error table or one of this program's ({@code usage}, {@code unreachable}). */
    public String code() {
        return code;
    }

    /** What was wrong, where, and what to do. */
    public String detail() {
        return detail;
    }

    /** One line for a person, without the program's name. */
    public String text() {
        String line = exit == ExitCode.USAGE && code.equals("usage") ? detail : code + ": " + detail;
        return requestId == null ? line : line + " (request " + requestId + ")";
    }

    /** One JSON object on one line. */
    public String json() {
        JsonText json = new JsonText().open('{').field("code", code).field("detail", detail);
        json.field("exit_code", exit.code());
        if (status > 0) {
            json.field("status", status);
        }
        if (requestId != null) {
            json.field("request_id", requestId);
        }
        return json.close('}').toString();
    }
}
