package dev.kvs.boot;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;

/** Addresses as people type them. */
final class Addresses {
    private Addresses() {}

    /** The URL under which this machine reaches a listener; every-address listeners are reached over loopback. */
    static String url(String scheme, String bindAddress, int port) {
        return scheme + "://" + hostAndPort(bindAddress, port);
    }

    private static String hostAndPort(String bindAddress, int port) {
        String host = switch (bindAddress) {
            case "0.0.0.0" -> "127.0.0.1";
            case "::", "[::]" -> "[::1]";
            default ->
                bindAddress.contains(":") && !bindAddress.startsWith("[") ? "[" + bindAddress + "]" : bindAddress;
        };
        return host + ":" + port;
    }

    /** Where other members reach a listener, as {@code host:port}; by this machine's name when it listens everywhere. */
    static String advertised(String bindAddress, int port) {
        boolean everywhere = bindAddress.equals("0.0.0.0") || bindAddress.equals("::") || bindAddress.equals("[::]");
        return hostAndPort(everywhere ? HostName.asNodeId() : bindAddress, port);
    }

    /** Refuses an address that no resolver knows, before anything is opened for it. */
    static void check(String bindAddress) throws StartException {
        try {
            InetAddress.getByName(bindAddress);
        } catch (UnknownHostException _) {
            throw new StartException(
                    ExitCode.ADDRESS, "The address " + bindAddress + " is not known. Correct bind_address.");
        }
    }

    /** Why an address cannot be listened on: tries it once more, because the server keeps the reason to itself. */
    static String reason(String bindAddress, int port) {
        try (ServerSocket probe = new ServerSocket()) {
            probe.bind(new InetSocketAddress(bindAddress, port));
            return "it was taken a moment ago";
        } catch (IOException e) {
            return String.valueOf(e.getMessage());
        }
    }
}
