package dev.kvs.console.svg;

import java.util.ArrayList;
import java.util.List;

/**
 * Shapes on a plane, whose looks the style sheet decides. A table beside it says the same.
 *
 * @param title what a reader who does not see it is told
 */
public record Picture(String title, int width, int height, List<Shape> shapes) {
    public Picture {
        shapes = List.copyOf(shapes);
    }

    /**
     * One shape.
     *
     * @param kind {@code line}, {@code rect}, {@code circle} or {@code text}
     * @param width of a rectangle; of a line, where it ends; of a circle, its radius
     * @param height of a rectangle; of a line, where it ends
     * @param style class names
     * @param text of a text; said when one points at any other
     */
    public record Shape(String kind, int x, int y, int width, int height, String style, String text) {}

    public String viewBox() {
        return "0 0 " + width + " " + height;
    }

    /** Gathers shapes, the ones behind first. */
    public static final class Canvas {
        private final List<Shape> shapes = new ArrayList<>();

        public Canvas line(int x, int y, int toX, int toY, String style, String hint) {
            shapes.add(new Shape("line", x, y, toX, toY, style, hint));
            return this;
        }

        public Canvas rect(int x, int y, int width, int height, String style, String hint) {
            shapes.add(new Shape("rect", x, y, width, height, style, hint));
            return this;
        }

        public Canvas circle(int x, int y, int radius, String style, String hint) {
            shapes.add(new Shape("circle", x, y, radius, 0, style, hint));
            return this;
        }

        public Canvas text(int x, int y, String style, String words) {
            shapes.add(new Shape("text", x, y, 0, 0, style, words));
            return this;
        }

        public Picture done(String title, int width, int height) {
            return new Picture(title, width, height, shapes);
        }
    }
}
