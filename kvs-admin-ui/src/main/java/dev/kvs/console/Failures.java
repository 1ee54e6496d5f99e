package dev.kvs.console;

import dev.kvs.client.KvsClientException;
import dev.kvs.console.page.Outcome;
import dev.kvs.wire.ErrorCode;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns what went wrong into a page that says what, why, and what to do. */
final class Failures {
    private static final Logger LOG = LoggerFactory.getLogger(Failures.class);

    private Failures() {}

    /**
     * The page's model.
     *
     * @param advice what to do, in a sentence
     * @param requestId finds the request in the node's log; empty when there was none
     * @param retry seconds after which it may go better; 0 when nobody knows
     */
    public record Model(int status, String title, String detail, String advice, String requestId, long retry) {}

    static Outcome.View of(RuntimeException failure) {
        return switch (failure) {
            case KvsClientException.Refused refused -> refused(refused);
            case KvsClientException.Unreachable unreachable ->
                page(
                        503,
                        "The node does not answer",
                        String.valueOf(unreachable.getMessage()),
                        "Start the node, or open the console of another member. This page is as good as before once it"
                                + " answers.",
                        "",
                        5);
            case KvsClientException.TimedOut late ->
                page(
                        504,
                        "The node takes too long",
                        String.valueOf(late.getMessage()),
                        "It may be busy or its disk slow; try again in a moment.",
                        "",
                        5);
            case KvsClientException.BadAnswer bad ->
                page(
                        502,
                        "This is no node of KVS",
                        String.valueOf(bad.getMessage()),
                        "See what listens at this address.",
                        "",
                        0);
            case KvsClientException.Interrupted stopped ->
                page(
                        503,
                        "The console is being stopped",
                        String.valueOf(stopped.getMessage()),
                        "Try again in a moment.",
                        "",
                        5);
            case IllegalArgumentException wrong ->
                page(
                        400,
                        "This cannot be asked",
                        String.valueOf(wrong.getMessage()),
                        "Correct the address or go back.",
                        "",
                        0);
            default -> {
                LOG.error("A page of the console failed", failure);
                yield page(
                        500,
                        "The console made a mistake",
                        "This should not have happened; the log says more.",
                        "Go back, or try something else.",
                        "",
                        0);
            }
        };
    }

    private static Outcome.View refused(KvsClientException.Refused refused) {
        long retry = refused.retryAfter().map(Duration::toSeconds).orElse(0L);
        String title = refused.problem().title();
        return page(refused.status(), title, refused.detail(), advice(refused), refused.requestId(), retry);
    }

    private static String advice(KvsClientException.Refused refused) {
        return switch (refused.code().orElse(ErrorCode.INTERNAL)) {
            case UNAUTHORIZED -> "Log in again.";
            case FORBIDDEN -> "Ask an administrator for the right, or log in as somebody who has it.";
            case PRECONDITION_FAILED ->
                "Somebody has changed it meanwhile. Go back, look at what is there now, and decide again.";
            case RATE_LIMITED -> "Wait a moment, then try again.";
            case READ_ONLY, SYNCING, OVERLOADED, SHUTTING_DOWN, CLOCK_SKEW, STORAGE_FAILED, QUORUM_UNAVAILABLE ->
                "Another member may take it now; the cluster's members are listed under Cluster.";
            case BODY_TOO_LARGE -> "Split the document over several keys, or raise max_json_size.";
            case OUTCOME_UNKNOWN -> "Look whether it was done before you repeat it.";
            default ->
                refused.status() == 404
                        ? "It may have been removed; go back to the list."
                        : "Go back and change what was asked.";
        };
    }

    static Outcome.View page(int status, String title, String detail, String advice, String requestId, long retry) {
        Model model = new Model(status, title, detail, advice, requestId, retry);
        return new Outcome.View(status, "error", title, "", model, false);
    }

    static Outcome.View notFound(String path) {
        return page(
                404,
                "There is no such page",
                "Nothing is at " + path + ".",
                "The navigation lists what there is.",
                "",
                0);
    }

    static Outcome.View wrongMethod() {
        return page(405, "Not this way", "This page is not for posting to.", "Go back and use its buttons.", "", 0);
    }

    static Outcome.View foreignForm() {
        return page(
                403,
                "This form is not from here",
                "It was sent from another site, or by a browser that does not say from where.",
                "Open the page here and send the form from it.",
                "",
                0);
    }

    static Outcome.View tooLarge() {
        return page(
                413,
                "The form is too large",
                "More was sent than a value may be.",
                "Go back: your browser still has the text. Split the document, or raise max_json_size.",
                "",
                0);
    }
}
