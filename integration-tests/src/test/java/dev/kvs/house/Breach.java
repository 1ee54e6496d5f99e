package dev.kvs.house;

/**
 * One place where a rule is broken.
 *
 * @param where the file with its line, or the class or method
 * @param what what is wrong and what to do instead
 */
record Breach(String where, String what) {
    @Override
    public String toString() {
        return where + ": " + what;
    }
}
