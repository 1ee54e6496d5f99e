package dev.kvs.boot;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The machine's name, the default of {@code node_id}. */
final class HostName {
    /** Where Linux tells it: asking the resolver instead can take seconds when DNS does not answer. */
    private static final Path KERNEL = Path.of("/proc/sys/kernel/hostname");

    private static final int MAX_LENGTH = 64;

    private HostName() {}

    /** The name with everything that a node id must not contain replaced; {@code node} when there is none. */
    static String asNodeId() {
        return toNodeId(ask());
    }

    private static String ask() {
        try {
            return Files.isReadable(KERNEL)
                    ? Files.readString(KERNEL).strip()
                    : InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException _) {
            return "";
        } catch (IOException _) {
            return "";
        }
    }

    static String toNodeId(String hostName) {
        StringBuilder id = new StringBuilder();
        for (int i = 0; i < hostName.length() && id.length() < MAX_LENGTH; i++) {
            char c = hostName.charAt(i);
            boolean alphanumeric = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
            if (alphanumeric) {
                id.append(c);
            } else if (!id.isEmpty()) {
                id.append(c == '.' || c == '_' ? c : '-');
            }
        }
        return id.isEmpty() ? "node" : id.toString();
    }
}
