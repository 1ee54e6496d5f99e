package dev.kvs.ctl.completion;

/**
 * What the word under the cursor may become.
 *
 * @param text the whole word
 * @param description one line that says what it is; empty for what speaks for itself
 * @param goesOn whether more of the same word may follow, as behind the slash of a directory
 */
public record Candidate(String text, String description, boolean goesOn) {
    static Candidate word(String text) {
        return new Candidate(text, "", false);
    }
}
