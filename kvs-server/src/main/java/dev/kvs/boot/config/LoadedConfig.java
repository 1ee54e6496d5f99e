package dev.kvs.boot.config;

import java.nio.file.Path;
import java.util.List;

/**
 * A configuration that can be used.
 *
 * @param file where it was read; absolute
 * @param created whether the file was written just now, because there was none
 * @param node the values in the program's own types
 * @param settings every key with its value and source, in the order of the table, secrets masked
 * @param notYetActive keys that ask for a feature this version does not have
 * @param remarks what looks odd but does not stop the node, one sentence each
 */
public record LoadedConfig(
        Path file,
        boolean created,
        NodeConfig node,
        List<SettingView> settings,
        List<String> notYetActive,
        List<String> remarks) {
    public LoadedConfig {
        settings = List.copyOf(settings);
        notYetActive = List.copyOf(notYetActive);
        remarks = List.copyOf(remarks);
    }
}
