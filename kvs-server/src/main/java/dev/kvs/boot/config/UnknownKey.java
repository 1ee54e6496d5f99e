package dev.kvs.boot.config;

import org.jspecify.annotations.Nullable;

/**
 * A name that is no key, and the key that was probably meant: the one with the smallest edit distance, counting a swap of
 * neighbours as one edit.
 *
 * <p>Source: Damerau, "A technique for computer detection and correction of spelling errors" (1964), in the restricted
 * form that edits no substring twice.
 */
final class UnknownKey {
    private UnknownKey() {}

    /** The problem to report. */
    static ConfigProblem problem(String name, String where) {
        String nearest = nearest(name);
        return new ConfigProblem(
                printable(name),
                "is not a known key",
                where,
                nearest == null
                        ? "remove it; docs/configuration.md lists every key"
                        : "did you mean '" + nearest + "'? Otherwise remove it");
    }

    /** The nearest known name; null when none shares enough with {@code name} to be worth suggesting. */
    static @Nullable String nearest(String name) {
        if (name.length() > 64) {
            return null;
        }
        String best = null;
        // A third of the letters may differ; beyond that a suggestion would be a guess.
        int bestDistance = Math.max(2, name.length() / 3) + 1;
        for (ConfigKey<?> key : ConfigTable.KEYS) {
            int distance = distance(name, key.name());
            if (distance < bestDistance) {
                best = key.name();
                bestDistance = distance;
            }
        }
        return best;
    }

    static int distance(String a, String b) {
        int[][] table = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                table[i][j] = i == 0 || j == 0 ? i + j : cell(table, a, b, i, j);
            }
        }
        return table[a.length()][b.length()];
    }

    private static int cell(int[][] table, String a, String b, int i, int j) {
        int replaced = table[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        int edited = Math.min(replaced, Math.min(table[i - 1][j], table[i][j - 1]) + 1);
        boolean swapped = i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
        return swapped ? Math.min(edited, table[i - 2][j - 2] + 1) : edited;
    }

    /** The name fit for one line of a report. */
    private static String printable(String name) {
        String shown = name.length() > 64 ? name.substring(0, 64) + "..." : name;
        return shown.chars().anyMatch(Character::isISOControl) ? "(a name with control characters)" : shown;
    }
}
