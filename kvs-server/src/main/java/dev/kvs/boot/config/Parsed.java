package dev.kvs.boot.config;

/** What became of reading one value. */
sealed interface Parsed<T> {
    /** The value fits its key. */
    record Good<T>(T value) implements Parsed<T> {}

    /**
     * The value does not fit.
     *
     * @param what the end of a sentence that begins with the value, for example {@code "is not a whole number"}
     */
    record Bad<T>(String what) implements Parsed<T> {}
}
