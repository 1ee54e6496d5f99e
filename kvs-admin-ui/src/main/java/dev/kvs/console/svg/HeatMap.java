package dev.kvs.console.svg;

import java.util.List;

/** Members by groups of leaves: what each holds compared with this node. Every state has a shape of its own beside its colour. */
public final class HeatMap {
    private static final int CELL = 10;
    private static final int NAMES = 130;
    private static final int ROW = 22;
    private static final int NAME_MAX = 16;

    private HeatMap() {}

    /** What one member holds of one group of leaves. */
    public enum State {
        /** The same. */
        MATCH,
        /** Something else. */
        DIFFERS,
        /** Nothing, where the other has something. */
        MISSING,
        /** Not known: the member does not answer, or speaks of another moment. */
        STALE
    }

    /** A member and the state of each group. */
    public record Row(String name, List<State> groups) {}

    public static Picture of(List<Row> rows) {
        Picture.Canvas canvas = new Picture.Canvas();
        int columns = rows.isEmpty() ? 0 : rows.getFirst().groups().size();
        for (int r = 0; r < rows.size(); r++) {
            Row row = rows.get(r);
            int y = r * ROW + 4;
            canvas.text(NAMES - 8, y + 12, "row", Texts.shortened(row.name(), NAME_MAX));
            for (int c = 0; c < columns; c++) {
                State state = row.groups().get(c);
                int x = NAMES + c * CELL;
                String hint = state == State.MATCH ? "" : row.name() + ", group " + c + ": " + word(state);
                switch (state) {
                    case MATCH -> canvas.rect(x, y, CELL - 1, ROW - 6, "match", hint);
                    case DIFFERS -> {
                        canvas.rect(x, y, CELL - 1, ROW - 6, "differs", hint);
                        canvas.line(x + 1, y + 1, x + CELL - 2, y + ROW - 7, "cross", hint);
                        canvas.line(x + 1, y + ROW - 7, x + CELL - 2, y + 1, "cross", hint);
                    }
                    case MISSING -> canvas.rect(x, y, CELL - 1, ROW - 6, "missing", hint);
                    case STALE -> canvas.circle(x + CELL / 2, y + (ROW - 6) / 2, 2, "stale", hint);
                }
            }
        }
        return canvas.done(
                "Heat map of members by groups of leaves; the table below says the same",
                NAMES + columns * CELL + 4,
                Math.max(ROW, rows.size() * ROW + 4));
    }

    /** For tables and hints. */
    public static String word(State state) {
        return switch (state) {
            case MATCH -> "the same";
            case DIFFERS -> "differs";
            case MISSING -> "missing on one side";
            case STALE -> "not known";
        };
    }
}
