package dev.kvs.ctl.command;

import dev.kvs.client.KvsClientException;
import dev.kvs.ctl.output.ExitCode;
import dev.kvs.ctl.output.Failure;
import java.util.List;

/** The one place where what the client throws becomes an exit code and words. */
public final class Refusals {
    private Refusals() {}

    /** What a call that gave no result means for the command. */
    public static Failure of(KvsClientException thrown) {
        return switch (thrown) {
            case KvsClientException.Refused refused ->
                Failure.refused(
                        refused.code().map(ExitCode::of).orElseGet(() -> byStatus(refused.status())),
                        refused.problem().code(),
                        detail(refused),
                        refused.status(),
                        refused.requestId());
            case KvsClientException.Unreachable unreachable ->
                Failure.of(ExitCode.UNREACHABLE, "unreachable", detail(unreachable));
            case KvsClientException.TimedOut timedOut ->
                Failure.of(ExitCode.UNREACHABLE, "timed_out", detail(timedOut));
            case KvsClientException.BadAnswer bad -> Failure.of(ExitCode.SERVER_ERROR, "bad_answer", detail(bad));
            case KvsClientException.Interrupted interrupted ->
                Failure.of(ExitCode.CANCELLED, "cancelled", detail(interrupted));
        };
    }

    private static String detail(KvsClientException.Refused refused) {
        List<String> members = refused.problem().members();
        return members == null
                ? refused.detail()
                : refused.detail() + " These members take it: " + String.join(", ", members) + ".";
    }

    /** A code that only newer nodes know: the status still says whose fault it is. */
    private static ExitCode byStatus(int status) {
        return switch (status) {
            case 401, 403 -> ExitCode.NOT_ALLOWED;
            case 404 -> ExitCode.NOT_FOUND;
            case 412 -> ExitCode.PRECONDITION_FAILED;
            case 504 -> ExitCode.UNREACHABLE;
            default -> status < 500 ? ExitCode.USAGE : ExitCode.SERVER_ERROR;
        };
    }

    private static String detail(KvsClientException thrown) {
        String unknown = thrown.outcomeUnknown() ? "; the write may have been done all the same, read the key" : "";
        return thrown.getMessage() + unknown;
    }
}
