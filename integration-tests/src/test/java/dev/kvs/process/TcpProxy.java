package dev.kvs.process;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** A way to a node that can be cut: then its connections are closed and new ones refused, until it is mended. */
final class TcpProxy implements AutoCloseable {
    private final int port;
    private final int target;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private @Nullable ServerSocket listener;

    /** A way from a port of its own to the port {@code target} on loopback. */
    TcpProxy(int port, int target) throws IOException {
        this.port = port;
        this.target = target;
        mend();
    }

    /** Lets connections through again. */
    void mend() throws IOException {
        ServerSocket opened = new ServerSocket();
        opened.setReuseAddress(true);
        opened.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        listener = opened;
        threads.submit(() -> accept(opened));
    }

    /** Closes what is open and refuses what comes. */
    void cut() throws IOException {
        ServerSocket open = listener;
        if (open != null) {
            open.close();
        }
        for (Socket socket : sockets) {
            socket.close();
        }
    }

    private Void accept(ServerSocket from) throws IOException {
        while (!from.isClosed()) {
            Socket caller = from.accept();
            sockets.add(caller);
            threads.submit(() -> connect(from, caller));
        }
        return null;
    }

    private Void connect(ServerSocket from, Socket caller) throws IOException {
        try (caller;
                Socket node = new Socket(InetAddress.getLoopbackAddress(), target)) {
            sockets.add(node);
            if (from.isClosed()) {
                return null; // Cut while this one was being let in.
            }
            threads.submit(() -> pass(node, caller));
            pass(caller, node);
        } finally {
            sockets.remove(caller);
        }
        return null;
    }

    /** Copies one direction until either end closes, then closes both. */
    private Void pass(Socket from, Socket to) throws IOException {
        try (from;
                to;
                InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream()) {
            in.transferTo(out);
        } finally {
            sockets.remove(from);
        }
        return null;
    }

    @Override
    public void close() throws IOException {
        cut();
        threads.shutdownNow();
    }
}
