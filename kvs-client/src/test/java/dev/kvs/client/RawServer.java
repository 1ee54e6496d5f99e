package dev.kvs.client;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A bare socket that sends fixed bytes after each request's head, for answers that no HTTP server would give. */
final class RawServer implements AutoCloseable {
    private final ServerSocket listener;
    private final byte[] answer;
    private final boolean hangs;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final CountDownLatch asked = new CountDownLatch(1);
    private final AtomicInteger connections = new AtomicInteger();
    private final AtomicInteger hangUps = new AtomicInteger();

    private RawServer(String answer, boolean hangs) {
        this.answer = answer.getBytes(StandardCharsets.ISO_8859_1);
        this.hangs = hangs;
        try {
            this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException noPort) {
            throw new AssertionError("no port for the test's server", noPort);
        }
        Thread.ofVirtual().start(this::accept);
    }

    /** Sends the bytes and closes the connection. */
    static RawServer thatBreaksOffAfter(String answer) {
        return new RawServer(answer, false);
    }

    /** Sends the bytes and keeps the connection open. */
    static RawServer thatHangsAfter(String answer) {
        return new RawServer(answer, true);
    }

    String address() {
        return "http://127.0.0.1:" + listener.getLocalPort();
    }

    /** How many connections sent a request. */
    int requests() {
        return connections.get();
    }

    /** Returns when the first request is here. */
    void awaitRequest() throws InterruptedException {
        if (!asked.await(10, TimeUnit.SECONDS)) {
            throw new AssertionError("no request within 10 s; " + hangUps + " connections broke off");
        }
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket socket = listener.accept();
                Thread.ofVirtual().start(() -> serve(socket));
            } catch (IOException stopped) {
                return;
            }
        }
    }

    /** A listener on a virtual thread may accept one more connection while it is being closed. */
    private boolean isClosed() {
        return closed.getCount() == 0;
    }

    private void serve(Socket socket) {
        try (socket) {
            byte[] some = new byte[4096];
            if (socket.getInputStream().read(some) < 0 || isClosed()) {
                return;
            }
            connections.incrementAndGet();
            asked.countDown();
            socket.getOutputStream().write(answer);
            socket.getOutputStream().flush();
            if (hangs) {
                closed.await();
            }
        } catch (IOException hungUp) {
            hangUps.incrementAndGet();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        closed.countDown();
        try {
            listener.close();
        } catch (IOException alreadyGone) {
            throw new AssertionError(alreadyGone);
        }
    }
}
