package dev.kvs.boot;

/** What {@code --help} and {@code --version} print. */
final class Usage {
    private static final String HEAD = """
        Usage: kvs [--check-config] [config.yaml]
               kvs start|stop|restart|status [config.yaml]
               kvs root-token [config.yaml]
               kvs --help | --version

        Starts a node. Without a file's name config.yaml in the current directory is used; a file that is not there
        is written with every setting explained and at its default.

          start, stop ...  run it in the background (kvs-server/bin/kvs alone); status ends with 3 when none runs
          root-token       print a token of root's, good for a day, for whoever may read the node's secret
          --check-config   only say whether the configuration can be used
          --help, -h       this text
          --version, -V    the version

        SIGTERM or Ctrl-C stops the node in order. Settings can also be given as KVS_<KEY> in the environment and,
        for the Java process, as -Dkvs.<key>=; docs/configuration.md lists them.

        Exit codes:
        """;

    private Usage() {}

    static String text() {
        StringBuilder text = new StringBuilder(HEAD);
        for (ExitCode code : ExitCode.values()) {
            text.append("  ")
                    .append(code.number())
                    .append("  ")
                    .append(code.meaning())
                    .append('\n');
        }
        return text.toString();
    }

    /** The version in the jar's manifest. */
    static String version() {
        String version = Usage.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }
}
