package dev.kvs.console.standalone;

import java.util.List;

/**
 * What the program was told.
 *
 * @param server the node's base URL
 * @param bind the address to listen on
 * @param port 0 for any free one
 * @param cacert the authorities to believe over https, a PEM file; empty for the JDK's
 */
record Arguments(String server, String bind, int port, String cacert) {
    static final String USAGE = """
        Usage: kvs-console [--server URL] [--bind ADDRESS] [--port PORT] [--cacert FILE]

          --server URL     the node that is asked; http://127.0.0.1:8080 unless said
          --bind ADDRESS   where to listen; 127.0.0.1 unless said
          --port PORT      on which port; 8079 unless said, 0 for any free one
          --cacert FILE    believe the nodes' certificates of this authority and no others
        """;
    private static final int PORT = 8079;

    /** Reads the words; throws {@link IllegalArgumentException} with what is wrong. */
    static Arguments of(List<String> words) {
        String server = "http://127.0.0.1:8080";
        String bind = "127.0.0.1";
        int port = PORT;
        String cacert = "";
        for (int i = 0; i < words.size(); i += 2) {
            String option = words.get(i);
            if (!option.startsWith("--")) {
                throw new IllegalArgumentException(option + " is no option.");
            }
            if (i + 1 == words.size()) {
                throw new IllegalArgumentException(option + " needs a value.");
            }
            String value = words.get(i + 1);
            switch (option) {
                case "--server" -> server = value;
                case "--bind" -> bind = value;
                case "--port" -> port = port(value);
                case "--cacert" -> cacert = value;
                default -> throw new IllegalArgumentException(option + " is not known.");
            }
        }
        return new Arguments(
                server.endsWith("/") ? server.substring(0, server.length() - 1) : server, bind, port, cacert);
    }

    private static int port(String text) {
        if (!text.matches("[0-9]{1,5}") || Integer.parseInt(text) > 65_535) {
            throw new IllegalArgumentException("--port is a number from 0 to 65535, not " + text + ".");
        }
        return Integer.parseInt(text);
    }
}
