package dev.kvs.boot;

import dev.kvs.boot.config.LoadedConfig;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What an operator should know about the configuration when a node starts. */
final class StartReport {
    private static final Logger LOG = LoggerFactory.getLogger(StartReport.class);

    private StartReport() {}

    static void log(LoadedConfig config) {
        if (config.created()) {
            LOG.info("There was no configuration; {} was written with every setting at its default", config.file());
        }
        config.remarks().forEach(LOG::warn);
        if (!config.notYetActive().isEmpty()) {
            LOG.warn("Accepted, but not yet active in this version: {}", String.join(", ", config.notYetActive()));
        }
    }
}
