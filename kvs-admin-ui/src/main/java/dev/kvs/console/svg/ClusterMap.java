package dev.kvs.console.svg;

import java.util.List;

/** The members in a circle, this node linked to each: solid to who answers, dashed to who does not, with what is missing there. */
public final class ClusterMap {
    private static final int WIDTH = 640;
    private static final int HEIGHT = 360;
    private static final int RADIUS = 28;
    private static final int NAME_MAX = 18;
    /** More do not fit on the circle; the table has them all. */
    private static final int MEMBERS_MAX = 24;

    private ClusterMap() {}

    /** A member as it is drawn; {@code lag} in versions. */
    public record Spot(String name, boolean alive, boolean self, long lag) {}

    public static Picture of(List<Spot> members) {
        Picture.Canvas canvas = new Picture.Canvas();
        int shown = Math.min(MEMBERS_MAX, members.size());
        int here = 0;
        for (int i = 0; i < shown; i++) {
            here = members.get(i).self() ? i : here;
        }
        for (int i = 0; i < shown; i++) {
            if (i != here) {
                Spot peer = members.get(i);
                String hint = peer.alive()
                        ? peer.name() + (peer.lag() == 0 ? " has everything" : " is " + peer.lag() + " versions behind")
                        : peer.name() + " does not answer";
                String style = peer.alive() ? (peer.lag() == 0 ? "link" : "link late") : "link broken";
                canvas.line(x(here, shown), y(here, shown), x(i, shown), y(i, shown), style, hint);
            }
        }
        for (int i = 0; i < shown; i++) {
            Spot member = members.get(i);
            String style = "member" + (member.self() ? " self" : "") + (member.alive() ? "" : " silent");
            canvas.circle(x(i, shown), y(i, shown), RADIUS, style, member.name());
            canvas.text(x(i, shown), y(i, shown) + 5, "sign", member.alive() ? "✓" : "✕");
            canvas.text(x(i, shown), y(i, shown) + RADIUS + 18, "name", Texts.shortened(member.name(), NAME_MAX));
            if (member.lag() > 0 && !member.self()) {
                canvas.text(x(i, shown), y(i, shown) + RADIUS + 34, "late", "−" + member.lag());
            }
        }
        return canvas.done(
                "Map of the cluster: " + members.size() + " members, as the table below lists them", WIDTH, HEIGHT);
    }

    private static double angle(int i, int count) {
        return 2 * Math.PI * i / count - Math.PI / 2;
    }

    private static int x(int i, int count) {
        return count == 1 ? WIDTH / 2 : (int) Math.round(WIDTH / 2.0 + Math.cos(angle(i, count)) * (WIDTH / 2.0 - 110));
    }

    private static int y(int i, int count) {
        return count == 1
                ? HEIGHT / 2 - 20
                : (int) Math.round(HEIGHT / 2.0 - 10 + Math.sin(angle(i, count)) * (HEIGHT / 2.0 - 75));
    }
}
