package dev.kvs.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.TreeMap;

/**
 * What a version has seen of its key: for each store the highest origin sequence. Immutable, sorted by store id.
 * Comparing two vectors tells whether one version replaced the other knowingly or whether they are concurrent.
 */
public final class VersionVector {
    /** The vector that has seen nothing. */
    public static final VersionVector EMPTY = new VersionVector(List.of());

    /** How two vectors stand to each other. */
    public enum Relation {
        EQUAL,
        /** The left one has seen everything the right one has, and more. */
        DOMINATES,
        /** The right one has seen everything the left one has, and more. */
        DOMINATED,
        /** Each has seen something the other has not: a conflict. */
        CONCURRENT
    }

    private final List<Dot> dots;

    private VersionVector(List<Dot> dots) {
        this.dots = dots;
    }

    /** A vector of dots in any order; of several dots of one store the highest counts. */
    public static VersionVector of(List<Dot> dots) {
        if (dots.size() <= 1) {
            return dots.isEmpty() ? EMPTY : new VersionVector(List.copyOf(dots));
        }
        Map<StoreId, Dot> highest = new TreeMap<>();
        dots.forEach(dot -> highest.merge(dot.store(), dot, (a, b) -> a.sequence() >= b.sequence() ? a : b));
        return new VersionVector(List.copyOf(highest.values()));
    }

    /** The dots, sorted by store id. Unmodifiable. */
    public List<Dot> dots() {
        return dots;
    }

    /** The highest sequence seen of a store, 0 when none. */
    public long sequenceOf(StoreId store) {
        for (Dot dot : dots) {
            if (dot.store().equals(store)) {
                return dot.sequence();
            }
        }
        return 0;
    }

    /** Whether the write named by {@code dot} has been seen. */
    public boolean contains(Dot dot) {
        return sequenceOf(dot.store()) >= dot.sequence();
    }

    /** This vector having also seen {@code dot}. */
    public VersionVector with(Dot dot) {
        if (dots.size() == 1 && dots.getFirst().store().equals(dot.store())) {
            return dots.getFirst().sequence() >= dot.sequence() ? this : new VersionVector(List.of(dot));
        }
        return merge(new VersionVector(List.of(dot)));
    }

    /** This vector having seen no more of a store than up to a sequence, from 0. */
    public VersionVector cut(StoreId store, long sequence) {
        List<Dot> kept = new ArrayList<>(dots.size());
        for (Dot dot : dots) {
            if (!dot.store().equals(store) || dot.sequence() <= sequence) {
                kept.add(dot);
            } else if (sequence > 0) {
                kept.add(new Dot(store, sequence));
            }
        }
        return new VersionVector(List.copyOf(kept));
    }

    /** The smallest vector that has seen all that either has. */
    public VersionVector merge(VersionVector other) {
        List<Dot> merged = new ArrayList<>(dots.size() + other.dots.size());
        int i = 0;
        int j = 0;
        while (i < dots.size() && j < other.dots.size()) {
            Dot left = dots.get(i);
            Dot right = other.dots.get(j);
            int order = left.store().compareTo(right.store());
            if (order == 0) {
                merged.add(left.sequence() >= right.sequence() ? left : right);
                i++;
                j++;
            } else if (order < 0) {
                merged.add(left);
                i++;
            } else {
                merged.add(right);
                j++;
            }
        }
        merged.addAll(dots.subList(i, dots.size()));
        merged.addAll(other.dots.subList(j, other.dots.size()));
        return new VersionVector(List.copyOf(merged));
    }

    /** How this vector stands to {@code other}. */
    public Relation compare(VersionVector other) {
        boolean coversOther = covers(other);
        boolean coveredByOther = other.covers(this);
        if (coversOther) {
            return coveredByOther ? Relation.EQUAL : Relation.DOMINATES;
        }
        return coveredByOther ? Relation.DOMINATED : Relation.CONCURRENT;
    }

    /** Whether all that {@code other} has seen has been seen. */
    public boolean covers(VersionVector other) {
        for (Dot dot : other.dots) {
            if (!contains(dot)) {
                return false;
            }
        }
        return true;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof VersionVector that && dots.equals(that.dots);
    }

    @Override
    public int hashCode() {
        return dots.hashCode();
    }

    @Override
    public String toString() {
        StringJoiner text = new StringJoiner(", ", "{", "}");
        dots.forEach(dot -> text.add(dot.store() + ":" + dot.sequence()));
        return text.toString();
    }
}
