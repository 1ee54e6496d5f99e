package dev.kvs.ctl.command;

import dev.kvs.client.KvsClientException;
import dev.kvs.ctl.output.Column;
import dev.kvs.ctl.output.ExitCode;
import dev.kvs.ctl.output.Failure;
import dev.kvs.ctl.output.Listing;
import dev.kvs.ctl.output.OutputLost;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Does the same to several keys, one after the other, and shows a row for each as it is done. A refusal does not stop the rest;
 * a server that cannot be reached does: what is left is not tried. Of one key alone only the failure is shown. A reader of
 * the rows that has seen enough, as {@code head -1} has, does not end the work: nobody can tell what was left undone.
 */
final class Bulk {
    private static final List<Column> COLUMNS =
            List.of(Column.of("key"), Column.of("result"), Column.of("detail").inWide());

    private final Session session;
    private final String done;
    private final boolean several;
    private @Nullable Listing listing;
    private @Nullable Failure first;
    private @Nullable Failure end;
    private @Nullable OutputLost lost;
    private String firstKey = "";
    private long failed;
    private long all;

    /**
     * Begins with none done.
     *
     * @param done what became of a key that worked, such as {@code deleted}
     * @param several whether there may be more than one
     */
    Bulk(Session session, String done, boolean several) {
        this.session = session;
        this.done = session.settings().dryRun() ? "would_be_" + done : done;
        this.several = several;
    }

    /** Does it to one key, unless this is a dry run or an earlier key has found no server. */
    void each(String key, Runnable step) {
        all++;
        if (end != null) {
            failed(key, "not_tried", end);
            return;
        }
        try {
            if (!session.settings().dryRun()) {
                step.run();
            }
            row(key, done, null);
        } catch (KvsClientException e) {
            Failure failure = Refusals.of(e);
            boolean last = failure.exit() == ExitCode.UNREACHABLE || failure.exit() == ExitCode.CANCELLED;
            end = last ? failure : null;
            failed(key, failure.code(), failure);
        } catch (Failure failure) {
            failed(key, failure.code(), failure);
        }
    }

    private void failed(String key, String result, Failure failure) {
        if (first == null) {
            first = failure;
            firstKey = key;
        }
        failed++;
        if (several) {
            row(key, result, failure.detail());
        }
    }

    private void row(String key, String result, @Nullable String detail) {
        show(() -> rows().row(key, result, detail));
    }

    private void show(Runnable part) {
        if (session.output().quiet() || lost != null) {
            return;
        }
        try {
            part.run();
        } catch (OutputLost thrown) {
            lost = thrown;
        }
    }

    private Listing rows() {
        if (listing == null) {
            listing = session.output().listing("results", COLUMNS);
        }
        return listing;
    }

    /** Ends the list; throws the one {@link Failure} that stands for all, if there is one. */
    ExitCode finish() {
        if (several || first == null) {
            show(() -> rows().end());
        }
        if (first == null) {
            if (lost != null) {
                throw lost;
            }
            return ExitCode.OK;
        }
        if (failed == all) {
            throw first;
        }
        throw Failure.of(
                ExitCode.PARTIAL,
                "partial",
                failed + " of " + all + " keys were not " + done + ", the first of them " + firstKey + " ("
                        + first.code() + ")");
    }
}
