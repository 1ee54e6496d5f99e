package dev.kvs.ctl.command;

import dev.kvs.client.AccessClient;
import dev.kvs.client.KvsClient;
import dev.kvs.client.KvsClientBuilder;
import dev.kvs.client.RequestListener;
import dev.kvs.ctl.context.Context;
import dev.kvs.ctl.context.ContextFile;
import dev.kvs.ctl.output.Column;
import dev.kvs.ctl.output.ExitCode;
import dev.kvs.ctl.output.Failure;
import dev.kvs.ctl.output.Output;
import dev.kvs.ctl.output.Palette;
import dev.kvs.ctl.output.Streams;
import dev.kvs.wire.HealthReport;
import dev.kvs.wire.Paths;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One run of the program: the global flags turned into an output and a client, each made when it is first asked for, so
 * that a command that needs no server loads nothing that talks to one.
 */
public final class Session implements AutoCloseable {
    private static final String USER_AGENT = "kvsctl";

    /** An unreachable server is told from a slow one sooner than the whole timeout. */
    private static final Duration CONNECT_MAX = Duration.ofSeconds(5);

    private static final List<Column> DRY_RUN = List.of(Column.of("name"), Column.of("result"));

    private final Settings settings;
    private final Streams streams;
    private @Nullable Output output;
    private @Nullable KvsClient client;
    private boolean noted;

    public Session(GlobalOptions options, Streams streams, Map<String, String> environment) {
        this.settings = new Settings(options, environment);
        this.streams = streams;
    }

    Settings settings() {
        return settings;
    }

    /** The flags as they were given. */
    public GlobalOptions flags() {
        return settings.flags();
    }

    /** The name of the context that counts; empty for none. */
    public Optional<String> contextName() {
        return settings.context().map(Context::name);
    }

    /** Where this user's settings are kept; null for a user who has no place for them. */
    public @Nullable Path configFolder() {
        return settings.configFolder();
    }

    /** Whether what a person sees may have colours and styles. */
    public boolean isColored() {
        return settings.style(streams).palette() == Palette.ANSI;
    }

    /** How the node is, asked once and not for long. */
    public HealthReport health(Duration most) {
        try (KvsClient client = client(most)) {
            return client.health();
        }
    }

    /** The output in the format asked for. */
    public Output output() {
        if (output == null) {
            output = new Output(streams, settings.style(streams));
        }
        return output;
    }

    /** The client for all servers, with the retries asked for. */
    KvsClient client() {
        if (client == null) {
            client = builder(settings.servers())
                    .retries(settings.retries())
                    .listener(listener())
                    .build();
        }
        return client;
    }

    /** A client for one server that asks once. The caller closes it. */
    KvsClient client(URI server) {
        return builder(List.of(server)).listener(listener()).build();
    }

    /** A client for all servers that asks once and waits for an answer at least so long. The caller closes it. */
    KvsClient patientClient(Duration least) {
        Duration timeout = settings.timeout().compareTo(least) < 0 ? least : settings.timeout();
        return builder(settings.servers())
                .requestTimeout(timeout)
                .totalTimeout(timeout)
                .listener(listener())
                .build();
    }

    /** A client for all servers that asks once, tells nobody and waits no longer than this. The caller closes it. */
    KvsClient client(Duration most) {
        return builder(settings.servers())
                .connectTimeout(most)
                .requestTimeout(most)
                .totalTimeout(most)
                .build();
    }

    /**
     * Refuses what cannot be taken back, unless {@code --yes} or a person at the terminal allows it; {@code what} says what
     * would happen. In a protected context its name is the only answer.
     */
    void requireYes(String what) {
        if (settings.guard().isPresent()) {
            requireUnguarded(what);
            return;
        }
        if (settings.yes()) {
            return;
        }
        String answer = answer(what, "--yes", "Do it? [y/N] ").toLowerCase(Locale.ROOT);
        if (!answer.equals("y") && !answer.equals("yes")) {
            throw Failure.of(ExitCode.CANCELLED, "cancelled", "nothing was done");
        }
    }

    /** Refuses what destroys something in a protected context, unless its name is given or typed. */
    void requireUnguarded(String what) {
        settings.guard()
                .ifPresent(context -> requireTyped(
                        what + " in the protected context " + context.name() + " (" + context.server() + ")",
                        context.name()));
    }

    /** Refuses something unless {@code --confirm} or a person at the terminal repeats a word. */
    void requireTyped(String what, String word) {
        if (!settings.confirmed(word)
                && !answer(what, "--confirm " + word, "Type " + word + " to do it: ")
                        .equals(word)) {
            throw Failure.of(ExitCode.CANCELLED, "cancelled", "nothing was done");
        }
    }

    private String answer(String what, String flag, String question) {
        if (!streams.inIsTerminal() || settings.noInput()) {
            throw Failure.usage(what + "; add " + flag + " to do it");
        }
        streams.err(what + ". " + question);
        return streams.readLine();
    }

    /** Whether {@code --dry-run} asks only to show what would be done to something, which then has been shown. */
    boolean onlyShows(String name, String would) {
        if (settings.dryRun()) {
            output().confirmation(DRY_RUN, name, would);
        }
        return settings.dryRun();
    }

    /** Who may do what, by the client for all servers. */
    AccessClient access() {
        return client().access();
    }

    /** A client for all servers that shows this token or none, whatever is set. The caller closes it. */
    KvsClient clientWith(@Nullable String token) {
        return builder(settings.servers(), token).listener(listener()).build();
    }

    /** What {@code login} keeps. */
    TokenFiles tokenFiles() {
        return new TokenFiles(settings.configFolder());
    }

    /** What {@code context} keeps. */
    ContextFile contextFile() {
        return new ContextFile(settings.configFolder());
    }

    /** A client for all servers that asks once and tells nobody, for measuring. The caller closes it. */
    KvsClient silentClient() {
        return builder(settings.servers()).build();
    }

    private KvsClientBuilder builder(List<URI> servers) {
        return builder(servers, Credentials.token(settings, streams));
    }

    private KvsClientBuilder builder(List<URI> servers, @Nullable String token) {
        settings.overriding().filter(any -> !noted).ifPresent(variable -> {
            noted = true;
            output().note("kvsctl: " + variable + " counts before the context that is named");
        });
        Duration timeout = settings.timeout();
        Duration connect = timeout.compareTo(CONNECT_MAX) < 0 ? timeout : CONNECT_MAX;
        String caCert = settings.caCert();
        return KvsClient.builder(servers.stream().map(URI::toString).toArray(String[]::new))
                .connectTimeout(connect)
                .requestTimeout(timeout)
                .totalTimeout(timeout)
                .retries(0)
                .token(token)
                .localToken()
                .shortLived()
                .sslContext(caCert == null ? null : Credentials.trusting(caCert))
                .userAgent(USER_AGENT);
    }

    private RequestListener listener() {
        return settings.showCurl() || settings.verbose()
                ? new RequestTrace(streams, settings.showCurl(), settings.verbose())
                : RequestListener.NONE;
    }

    /** The key, when it can be sent; else {@link Failure} with {@code invalid_key}, before anything is. */
    public static String key(String key) {
        try {
            Paths.key(key);
            return key;
        } catch (IllegalArgumentException e) {
            throw Failure.invalidKey(String.valueOf(e.getMessage()));
        }
    }

    @Override
    public void close() {
        if (client != null) {
            client.close();
        }
    }
}
