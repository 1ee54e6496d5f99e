package dev.kvs.ctl.shell;

import java.time.Instant;
import java.util.regex.Pattern;
import org.jline.reader.impl.history.DefaultHistory;

/** A history that does not keep what looks like a secret: when in doubt, a line is not kept. */
final class DiscreetHistory extends DefaultHistory {
    /** A word of secrets with something given to it: as a member of JSON, a variable, a flag, or the key of a write. */
    private static final Pattern SECRET = Pattern.compile(
            "(passw|secret|credential|token|api[_-]?key|private[_-]?key|bearer)[^\\s=:]*\\s*[\"']?\\s*[=:]"
                    + "|^\\s*(put|patch|import)\\b.*(passw|secret|credential|token|api[_-]?key|private[_-]?key|bearer)",
            Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    static boolean isSecret(String line) {
        return SECRET.matcher(line).find();
    }

    @Override
    public void add(Instant time, String line) {
        if (!isSecret(line)) {
            super.add(time, line);
        }
    }
}
