package dev.kvs.boot.config;

import java.util.Locale;

/** {@code docs/configuration.md}, made from the table of keys. */
final class ConfigurationDocument {
    private static final String HEAD = """
        # Configuration

        A node reads one YAML file, by default `config.yaml` in the directory where it is started; `kvs FILE` names another.
        A file that is not there is written with every setting explained, commented out and at its default.

        - **Overrides.** `-Dkvs.<key>=` over the environment's `KVS_<KEY>` over the file over the default. Lists are
          separated by commas there. An unknown key or property stops the start; an unknown `KVS_` variable is only
          remarked upon, because supervisors put names of their own there.
        - **Checked as a whole.** All problems come in one report, each with key, value, bound and fix.
          `kvs --check-config FILE` only checks.
        - **Times** are a whole number with `ms`, `s`, `m`, `h` or `d`; a plain number is seconds.
        - **Relative paths** begin at the configuration file's directory, wherever the node is started.
        - **Not yet active** keys are accepted and checked, and the node says at its start which of them it leaves out.
        - `GET /admin/config` shows what is in effect and where it comes from, secrets masked.

        This file is made from the table of keys in `dev.kvs.boot.config`; a test holds that they agree
        (`mvn test -pl kvs-server -am -Dtest=ConfigurationDocumentTest -Dsurefire.failIfNoSpecifiedTests=false -Dkvs.docs=write` writes it).
        """;

    private ConfigurationDocument() {}

    static String text() {
        StringBuilder text = new StringBuilder(HEAD);
        for (Topic topic : Topic.values()) {
            text.append("\n## ")
                    .append(topic.title())
                    .append("\n\n| key | default | allowed | what it does |\n|---|---|---|---|\n");
            ConfigTable.KEYS.stream().filter(key -> key.topic() == topic).forEach(key -> append(text, key));
        }
        text.append("\n## Between keys\n\n");
        for (CrossCheck check : CrossCheck.ALL) {
            text.append("- Refused when `")
                    .append(check.key().name())
                    .append("` ")
                    .append(check.what())
                    .append(".\n");
        }
        return text.toString();
    }

    private static void append(StringBuilder text, ConfigKey<?> key) {
        String allowed = key.allowed();
        text.append("| `")
                .append(key.name())
                .append("` | `")
                .append(key.defaultText())
                .append("` | ");
        text.append(allowed.substring(0, 1).toUpperCase(Locale.ROOT))
                .append(allowed.substring(1))
                .append(" | ");
        text.append(key.comment())
                .append(key.active() ? "" : " *Not yet active.*")
                .append(" |\n");
    }
}
