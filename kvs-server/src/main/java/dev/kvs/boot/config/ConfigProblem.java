package dev.kvs.boot.config;

/**
 * One thing that is wrong with a configuration.
 *
 * @param key the key, empty when the file as a whole is meant
 * @param what what is wrong, a sentence without its full stop that names value and bound
 * @param where file and line, environment variable or system property
 * @param fix what to do, as it reads after "Fix:"
 */
public record ConfigProblem(String key, String what, String where, String fix) {
    @Override
    public String toString() {
        return (key.isEmpty() ? "" : key + ": ") + what + " (" + where + "). Fix: " + fix + ".";
    }
}
