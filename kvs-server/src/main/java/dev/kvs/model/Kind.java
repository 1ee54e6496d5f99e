package dev.kvs.model;

/** What a version says about its key. The numbers are part of the file format. */
public enum Kind {
    /** The key has this document. */
    LIVE(1),
    /** The key was deleted. */
    TOMBSTONE(2),
    /** A vote confirmed one of two rivals with identical timestamps; carries the winner's document. */
    VERDICT(3);

    private final int number;

    Kind(int number) {
        this.number = number;
    }

    /** The number in files and on the wire. */
    public int number() {
        return number;
    }

    /** The kind of a number; throws {@link IllegalArgumentException} for one that is not known. */
    public static Kind of(int number) {
        for (Kind kind : values()) {
            if (kind.number == number) {
                return kind;
            }
        }
        throw new IllegalArgumentException("no version kind has the number " + number);
    }
}
