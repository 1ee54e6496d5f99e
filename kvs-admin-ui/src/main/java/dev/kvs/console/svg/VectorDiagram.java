package dev.kvs.console.svg;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** What each rival had seen of each store: one lane a store, time to the right, a letter a rival. */
public final class VectorDiagram {
    private static final int WIDTH = 560;
    private static final int LANE = 44;
    private static final int LEFT = 120;
    private static final int RIGHT = 40;
    private static final int RADIUS = 11;
    private static final int SHORT = 8;

    private VectorDiagram() {}

    /** A rival's letter and its version vector. */
    public record Rival(String letter, Map<String, Long> vector, boolean winner) {}

    public static Picture of(List<Rival> rivals) {
        TreeMap<String, TreeSet<Long>> lanes = new TreeMap<>();
        for (Rival rival : rivals) {
            rival.vector()
                    .forEach((store, sequence) ->
                            lanes.computeIfAbsent(store, _ -> new TreeSet<>()).add(sequence));
        }
        Picture.Canvas canvas = new Picture.Canvas();
        int lane = 0;
        for (var entry : lanes.entrySet()) {
            int y = lane++ * LANE + LANE / 2;
            canvas.text(
                    LEFT - 14,
                    y + 4,
                    "row",
                    "…" + entry.getKey().substring(Math.max(0, entry.getKey().length() - SHORT)));
            canvas.line(LEFT, y, WIDTH - RIGHT, y, "lane", "");
            spots(canvas, rivals, entry.getKey(), new ArrayList<>(entry.getValue()), y);
        }
        return canvas.done(
                "What each version had seen of each store; the table of versions says the same",
                WIDTH,
                Math.max(LANE, lane * LANE));
    }

    private static void spots(Picture.Canvas canvas, List<Rival> rivals, String store, List<Long> marks, int y) {
        for (int i = 0; i < rivals.size(); i++) {
            Rival rival = rivals.get(i);
            Long sequence = rival.vector().get(store);
            if (sequence == null) {
                continue;
            }
            int step = (WIDTH - LEFT - RIGHT - 60) / Math.max(1, marks.size());
            int sameBefore = 0;
            for (int j = 0; j < i; j++) {
                sameBefore += sequence.equals(rivals.get(j).vector().get(store)) ? 1 : 0;
            }
            int x = LEFT + 30 + marks.indexOf(sequence) * step + sameBefore * (2 * RADIUS + 2);
            canvas.circle(
                    x, y, RADIUS, rival.winner() ? "rival winner" : "rival", rival.letter() + " had seen " + sequence);
            canvas.text(x, y + 4, rival.winner() ? "letter winner" : "letter", rival.letter());
        }
    }
}
