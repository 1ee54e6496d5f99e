package dev.kvs.console.json;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * What changed between two texts, line by line: the shortest edit by Myers, "An O(ND) Difference Algorithm and Its Variations"
 * (1986). Beyond {@link #EDITS_MAX} edits the middle counts as replaced whole, so that no two texts take long.
 */
public final class LineDifference {
    /** Edits that are looked for: the work grows with their square. */
    private static final int EDITS_MAX = 1_000;

    /** Lines around a change that are shown. */
    private static final int CONTEXT = 3;

    /** Lines that a page shows. */
    private static final int LINES_MAX = 3_000;

    private LineDifference() {}

    /** What became of a line. */
    public enum Kind {
        SAME,
        REMOVED,
        ADDED,
        /** Stands for lines that are the same and not shown. */
        SKIPPED
    }

    /**
     * A line of the difference.
     *
     * @param text the line, or how many lines are skipped
     */
    public record Line(Kind kind, String text) {
        /** For eyes that do not see colours. */
        public String sign() {
            return switch (kind) {
                case SAME -> " ";
                case REMOVED -> "−";
                case ADDED -> "+";
                case SKIPPED -> "⋯";
            };
        }

        /** For style sheets. */
        public String style() {
            return switch (kind) {
                case SAME -> "same";
                case REMOVED -> "removed";
                case ADDED -> "added";
                case SKIPPED -> "skipped";
            };
        }
    }

    /** The changed lines with some around them; empty when the texts are the same. */
    public static List<Line> of(String before, String after) {
        if (before.equals(after)) {
            return List.of();
        }
        List<String> a = before.isEmpty() ? List.of() : before.lines().toList();
        List<String> b = after.isEmpty() ? List.of() : after.lines().toList();
        int start = 0;
        while (start < Math.min(a.size(), b.size()) && a.get(start).equals(b.get(start))) {
            start++;
        }
        int end = 0;
        while (end < Math.min(a.size(), b.size()) - start
                && a.get(a.size() - 1 - end).equals(b.get(b.size() - 1 - end))) {
            end++;
        }
        List<Line> lines = new ArrayList<>();
        a.subList(0, start).forEach(line -> lines.add(new Line(Kind.SAME, line)));
        lines.addAll(middle(a.subList(start, a.size() - end), b.subList(start, b.size() - end)));
        a.subList(a.size() - end, a.size()).forEach(line -> lines.add(new Line(Kind.SAME, line)));
        return shortened(lines);
    }

    private static List<Line> middle(List<String> a, List<String> b) {
        int most = Math.min(EDITS_MAX, a.size() + b.size());
        int offset = most + 1;
        int[] furthest = new int[2 * offset + 1];
        List<int[]> rounds = new ArrayList<>();
        for (int edits = 0; edits <= most; edits++) {
            rounds.add(furthest.clone());
            for (int k = -edits; k <= edits; k += 2) {
                boolean down = k == -edits || (k != edits && furthest[offset + k - 1] < furthest[offset + k + 1]);
                int x = down ? furthest[offset + k + 1] : furthest[offset + k - 1] + 1;
                while (x < a.size() && x - k < b.size() && a.get(x).equals(b.get(x - k))) {
                    x++;
                }
                furthest[offset + k] = x;
                if (x >= a.size() && x - k >= b.size()) {
                    return traced(a, b, rounds, offset);
                }
            }
        }
        List<Line> replaced = new ArrayList<>();
        a.forEach(line -> replaced.add(new Line(Kind.REMOVED, line)));
        b.forEach(line -> replaced.add(new Line(Kind.ADDED, line)));
        return replaced;
    }

    private static List<Line> traced(List<String> a, List<String> b, List<int[]> rounds, int offset) {
        Deque<Line> lines = new ArrayDeque<>();
        int x = a.size();
        int y = b.size();
        for (int edits = rounds.size() - 1; edits >= 0; edits--) {
            int[] furthest = rounds.get(edits);
            int k = x - y;
            boolean down = k == -edits || (k != edits && furthest[offset + k - 1] < furthest[offset + k + 1]);
            int fromX = edits == 0 ? 0 : down ? furthest[offset + k + 1] : furthest[offset + k - 1];
            int fromY = edits == 0 ? 0 : fromX - (down ? k + 1 : k - 1);
            while (x > fromX && y > fromY) {
                lines.addFirst(new Line(Kind.SAME, a.get(--x)));
                y--;
            }
            if (edits > 0 && down) {
                lines.addFirst(new Line(Kind.ADDED, b.get(--y)));
            } else if (edits > 0) {
                lines.addFirst(new Line(Kind.REMOVED, a.get(--x)));
            }
        }
        return new ArrayList<>(lines);
    }

    private static List<Line> shortened(List<Line> all) {
        boolean[] shown = new boolean[all.size()];
        for (int i = 0; i < all.size(); i++) {
            if (all.get(i).kind() != Kind.SAME) {
                for (int j = Math.max(0, i - CONTEXT); j <= Math.min(all.size() - 1, i + CONTEXT); j++) {
                    shown[j] = true;
                }
            }
        }
        List<Line> lines = new ArrayList<>();
        int skipped = 0;
        for (int i = 0; i < all.size() && lines.size() < LINES_MAX; i++) {
            if (shown[i]) {
                skip(lines, skipped);
                skipped = 0;
                lines.add(all.get(i));
            } else {
                skipped++;
            }
        }
        skip(lines, skipped);
        return lines;
    }

    private static void skip(List<Line> lines, int skipped) {
        if (skipped > 0) {
            lines.add(new Line(Kind.SKIPPED, skipped == 1 ? "1 line as it was" : skipped + " lines as they were"));
        }
    }
}
