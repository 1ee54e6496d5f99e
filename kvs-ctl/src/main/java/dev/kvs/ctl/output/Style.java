package dev.kvs.ctl.output;

import org.jspecify.annotations.Nullable;

/**
 * How the output is to look, from the global flags.
 *
 * @param format what {@code -o} says; null when it is not given
 * @param pointer what {@code --pointer} picks out of each document; null for all of it
 * @param headers whether tables have a header
 * @param quiet whether confirmations are left out; what was asked for is printed all the same
 * @param palette the colours of standard output
 */
public record Style(
        @Nullable Format format, @Nullable JsonPointer pointer, boolean headers, boolean quiet, Palette palette) {
    /** The format of everything but a stored document. */
    Format effective() {
        return format == null ? Format.TABLE : format;
    }
}
