package dev.kvs.boot.config;

/** The chapters of the configuration, in the order of the file. */
public enum Topic {
    NODE("Node"),
    HTTP("HTTP listener"),
    API("API"),
    STORAGE("Storage"),
    LOGGING("Logging"),
    CLUSTER("Cluster"),
    SECURITY("Security"),
    BACKUP("Backups");

    private final String title;

    Topic(String title) {
        this.title = title;
    }

    /** The chapter's heading. */
    public String title() {
        return title;
    }
}
