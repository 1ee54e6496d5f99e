package dev.kvs.boot.config;

/** Where a value comes from; later constants win over earlier ones. */
public enum Source {
    DEFAULT("default"),
    FILE("file"),
    ENVIRONMENT("environment"),
    SYSTEM_PROPERTY("system property");

    private final String title;

    Source(String title) {
        this.title = title;
    }

    /** The source in words. */
    public String title() {
        return title;
    }
}
