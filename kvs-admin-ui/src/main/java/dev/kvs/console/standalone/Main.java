package dev.kvs.console.standalone;

import dev.kvs.console.Console;
import dev.kvs.console.ConsoleSettings;
import dev.kvs.tls.Authorities;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.HttpRouting;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.net.ssl.SSLContext;

/** Starts the console on a port of its own. */
public final class Main {
    private static final int USAGE = 64;
    private static final int UNAVAILABLE = 69;

    /** Held here: the JDK forgets the level of a logger that nobody holds. What the server says of itself interests nobody. */
    private static final Logger SERVER = Logger.getLogger("io.helidon");

    private Main() {}

    /** Comes back from a started console only when the process ends. */
    public static void main(String[] words) {
        List<String> given = List.of(words);
        if (given.contains("--help") || given.contains("-h")) {
            System.out.print(Arguments.USAGE);
            return;
        }
        try {
            serve(Arguments.of(given));
        } catch (IllegalArgumentException wrong) {
            String why = String.valueOf(wrong.getMessage());
            System.err.println(why + (why.endsWith(".") ? "" : ".") + " Try --help.");
            System.exit(USAGE);
        }
    }

    private static SSLContext trust(String pemFile) {
        try {
            return Authorities.context(Path.of(pemFile));
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalArgumentException("--cacert " + pemFile + " cannot be used: " + e + ".", e);
        }
    }

    private static void serve(Arguments told) {
        // A port that is taken is said below, in a sentence instead of a stack.
        SERVER.setLevel(Level.OFF);
        SSLContext trust = told.cacert().isEmpty() ? null : trust(told.cacert());
        ConsoleSettings settings = new ConsoleSettings("", "console-" + told.port(), told.server(), trust, trust);
        Console console = new Console(settings, InstantSource.system(), new SecureRandom());
        WebServer server = WebServer.builder()
                .host(told.bind())
                .port(told.port())
                .featuresDiscoverServices(false)
                .routing(HttpRouting.builder().any(new Listener(console)))
                .build()
                .start();
        if (!server.isRunning()) {
            System.err.println("The console cannot listen on " + told.bind() + " port " + told.port()
                    + ": another program has the port (see: ss -ltnp), or the address is not this machine's. Name"
                    + " another with --port or --bind.");
            System.exit(UNAVAILABLE);
        }
        SERVER.setLevel(Level.WARNING);
        System.out.println(
                "The console of " + told.server() + " is at http://" + told.bind() + ":" + server.port() + "/");
    }
}
