package dev.kvs.boot.config;

/**
 * The file written on first run: every key with its comment and default. The settings are commented out, so what is not
 * commented was decided by a person, and a later version's better defaults take effect.
 */
final class DefaultFile {
    private static final String HEAD = """
        # The configuration of a KVS node. Remove the '#' before a setting to change it, then restart the node.
        # Environment (KVS_PORT=9000) and system properties (-Dkvs.port=9000) override this file.
        # Times: 500ms, 30s, 15m, 1h, 7d; a plain number is seconds. Relative paths begin at this file's directory.
        """;

    private DefaultFile() {}

    /** The whole text. */
    static String text() {
        StringBuilder text = new StringBuilder(HEAD);
        for (Topic topic : Topic.values()) {
            text.append("\n# ---- ").append(topic.title()).append(" ----\n");
            ConfigTable.KEYS.stream().filter(key -> key.topic() == topic).forEach(key -> append(text, key));
        }
        return text.toString();
    }

    private static void append(StringBuilder text, ConfigKey<?> key) {
        text.append("\n# ").append(key.comment()).append(key.active() ? "" : " Not yet active.");
        text.append("\n# Allowed: ").append(key.allowed()).append('.');
        text.append("\n#")
                .append(key.name())
                .append(": ")
                .append(key.defaultText())
                .append('\n');
    }
}
