package dev.kvs.console.page;

import java.util.Locale;

/** What was just done, in a sentence. It travels in the address, so only what is in this list can be said there. */
public enum Notice {
    NONE(""),
    SAVED("Saved. The value below is the new version."),
    RESTORED("Restored: the old value has been written again as a new version."),
    MOVED("Moved: the value stands here now, as a new version. Its revisions are still with the old key."),
    DELETED("Deleted. The revisions are kept for a while; a restore brings the value back."),
    ALL_DELETED("Deleted all that was below this prefix. The revisions are kept for a while."),
    SOME_DELETED("Deleted as many as one batch holds; there are more."),
    UNCHANGED("Nothing was changed, so nothing was written."),
    SYNCED("Compared with every member just now."),
    MODE_CHANGED("The mode has been changed."),
    CREATED("Made."),
    CHANGED("Changed."),
    REMOVED("Removed."),
    REVOKED("Revoked. No node takes this token any more once it has heard of it."),
    SEEDED("A demonstration conflict has been planted."),
    LOGGED_OUT("You are logged out.");

    private final String sentence;

    Notice(String sentence) {
        this.sentence = sentence;
    }

    public String sentence() {
        return sentence;
    }

    /** Stands for it in an address. */
    public String word() {
        return this == NONE ? "" : name().toLowerCase(Locale.ROOT);
    }

    /** The sentence of a word, empty when it is none of ours. */
    public static String sentenceOf(String word) {
        for (Notice notice : values()) {
            if (notice.word().equals(word)) {
                return notice.sentence;
            }
        }
        return "";
    }
}
