package dev.kvs.security;

/** Told of what was done about access, for the audit log. Comes back at once. */
@FunctionalInterface
public interface Witness {
    /**
     * Something was done.
     *
     * @param caller who did it
     * @param what a word such as {@code user.create}
     * @param detail to what, without secrets
     */
    void saw(Caller caller, String what, String detail);
}
