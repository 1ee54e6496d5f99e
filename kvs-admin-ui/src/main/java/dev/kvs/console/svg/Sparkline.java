package dev.kvs.console.svg;

import java.util.List;
import java.util.Locale;

/**
 * A row of numbers as a line, from zero to their greatest.
 *
 * @param title what a reader who does not see it is told
 * @param line the points for a {@code polyline}; empty when there are fewer than two numbers
 * @param area the same closed down to zero
 */
public record Sparkline(String title, String line, String area) {
    public static final int WIDTH = 240;
    public static final int HEIGHT = 48;
    private static final int MARGIN = 2;

    public static Sparkline of(String title, List<Double> numbers) {
        if (numbers.size() < 2) {
            return new Sparkline(title, "", "");
        }
        double most = Math.max(
                1e-9, numbers.stream().mapToDouble(Double::doubleValue).max().orElse(1));
        double step = (double) (WIDTH - 2 * MARGIN) / (numbers.size() - 1);
        StringBuilder points = new StringBuilder();
        for (int i = 0; i < numbers.size(); i++) {
            double y = HEIGHT - MARGIN - numbers.get(i) / most * (HEIGHT - 2 * MARGIN);
            points.append(String.format(Locale.ROOT, "%.1f,%.1f ", MARGIN + i * step, y));
        }
        String line = points.toString().strip();
        int floor = HEIGHT - MARGIN;
        String area = MARGIN + "," + floor + " " + line + " " + (WIDTH - MARGIN) + "," + floor;
        return new Sparkline(title, line, area);
    }

    public String viewBox() {
        return "0 0 " + WIDTH + " " + HEIGHT;
    }
}
