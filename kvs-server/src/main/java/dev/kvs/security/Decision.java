package dev.kvs.security;

/**
 * Whether something is allowed, and by which rule.
 *
 * @param allowed the answer
 * @param rule the rule that decided, a sentence's worth: {@code the owner's bits 1111 include read}
 */
public record Decision(boolean allowed, String rule) {}
