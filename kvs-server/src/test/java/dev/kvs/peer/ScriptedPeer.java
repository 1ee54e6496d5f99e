package dev.kvs.peer;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** Something that listens and does to each connection what the test says, after the head of the first request has come. */
final class ScriptedPeer implements AutoCloseable {
    final AtomicInteger connections = new AtomicInteger();
    private final ServerSocket listening;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Script script;

    /** What happens on a connection. */
    @FunctionalInterface
    interface Script {
        void run(ScriptedPeer peer, OutputStream answer) throws IOException;
    }

    ScriptedPeer(Script script) {
        this.script = script;
        try {
            this.listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.startVirtualThread(this::accept);
    }

    /** Answers with this text and ends the connection. */
    static Script saying(String answer) {
        return (_, out) -> out.write(answer.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Answers with a status and a body of bytes, and ends the connection. */
    static Script answering(String status, String body) {
        return saying("HTTP/1.1 " + status + "\r\nContent-Type: application/octet-stream\r\nContent-Length: "
                + body.length() + "\r\nConnection: close\r\n\r\n" + body);
    }

    /** Does nothing more until the test is over. */
    void hang() {
        try {
            closing.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = listening.accept();
                connections.incrementAndGet();
                Thread.startVirtualThread(() -> serve(socket));
            }
        } catch (IOException closed) {
            closing.countDown();
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            readHead(socket.getInputStream());
            script.run(this, socket.getOutputStream());
            socket.getOutputStream().flush();
        } catch (IOException gone) {
            connections.get();
        }
    }

    private static void readHead(InputStream in) throws IOException {
        for (int newlines = 0, c; newlines < 2 && (c = in.read()) >= 0; ) {
            newlines = c == '\n' ? newlines + 1 : c == '\r' ? newlines : 0;
        }
    }

    String address() {
        return "127.0.0.1:" + listening.getLocalPort();
    }

    @Override
    public void close() throws IOException {
        listening.close();
        closing.countDown();
    }
}
