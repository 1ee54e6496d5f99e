package dev.kvs.client;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kvs.tls.Authorities;
import java.io.IOException;
import java.net.URI;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Settings of a {@link KvsClient}, each with its default. Not for use by several threads; the client it builds is.
 *
 * <pre>{@code
 * KvsClient kvs = KvsClient.builder("http://node-1:8080", "http://node-2:8080")
 *         .token(token)
 *         .totalTimeout(Duration.ofSeconds(5))
 *         .build();
 * }</pre>
 */
public final class KvsClientBuilder {
    /** A node remembers an idempotency key for 10 minutes; no repeat may come later than that, so no call takes longer. */
    public static final Duration TOTAL_MAX = ClientSettings.TOTAL_MAX;

    private final List<String> servers;
    private Duration connectTimeout = Duration.ofSeconds(2);
    private Duration requestTimeout = Duration.ofSeconds(10);
    private Duration totalTimeout = Duration.ofSeconds(30);
    private Duration watchSilence = Duration.ofSeconds(45);
    private int retries = 3;
    private int answerBytesMax = 64 * 1024 * 1024;
    private String userAgent = "kvs-client";
    private @Nullable String sitePass;
    private RequestListener listener = RequestListener.NONE;
    private @Nullable ObjectMapper mapper;
    private @Nullable String token;
    private boolean localToken;
    private boolean shortLived;
    private @Nullable SSLContext sslContext;

    KvsClientBuilder(List<String> servers) {
        this.servers = servers;
    }

    /** For opening one connection: 1 ms to 5 minutes, 2 s unless said. */
    public KvsClientBuilder connectTimeout(Duration timeout) {
        connectTimeout = timeout;
        return this;
    }

    /** For one attempt, to the last byte of its answer: 1 ms to {@link #TOTAL_MAX}, 10 s unless said. */
    public KvsClientBuilder requestTimeout(Duration timeout) {
        requestTimeout = timeout;
        return this;
    }

    /** For a whole call, all attempts and waits: 1 ms to {@link #TOTAL_MAX}, 30 s unless said. */
    public KvsClientBuilder totalTimeout(Duration timeout) {
        totalTimeout = timeout;
        return this;
    }

    /**
     * How long a watch hears nothing before it takes the connection for dead: 1 ms to {@link #TOTAL_MAX}, 45 s unless said. A
     * node says every 15 s that it is alive.
     */
    public KvsClientBuilder watchSilence(Duration longest) {
        watchSilence = longest;
        return this;
    }

    /** How often all servers are asked again after the first round, where that is safe: 0 to 20, 3 unless said. */
    public KvsClientBuilder retries(int rounds) {
        retries = rounds;
        return this;
    }

    /** Largest answer that is read, in bytes, at least 1; 64 MiB unless said. A larger one is a bad answer. */
    public KvsClientBuilder answerBytesMax(int bytes) {
        answerBytesMax = bytes;
        return this;
    }

    /** Names the program in the node's log. */
    public KvsClientBuilder userAgent(String name) {
        userAgent = name;
        return this;
    }

    /** For the console that a node mounts: sent as {@code KVS-Site-Pass}, so that a visitor's logins count for him. */
    public KvsClientBuilder sitePass(@Nullable String pass) {
        sitePass = pass;
        return this;
    }

    /** Sent as {@code Authorization: Bearer}; none unless said. */
    public KvsClientBuilder token(@Nullable String bearer) {
        token = bearer;
        return this;
    }

    /** Without a token, uses the one of root that a node on the same machine names, if this process may read it. */
    public KvsClientBuilder localToken() {
        localToken = true;
        return this;
    }

    /**
     * Believes over https the certificate authorities in this PEM file and no others. A server must show a certificate of
     * theirs that is for the name or address in its URL; nothing switches that off.
     *
     * @throws IllegalArgumentException when the file cannot be read or holds no certificate
     */
    public KvsClientBuilder authority(Path pemFile) {
        try {
            return sslContext(Authorities.context(pemFile));
        } catch (NoSuchFileException missing) {
            throw new IllegalArgumentException(pemFile + " does not exist", missing);
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalArgumentException(pemFile + " cannot be used: " + e.getMessage(), e);
        }
    }

    /** Whom to believe over https, for whoever has more to say than {@link #authority}; the JDK's default unless said. */
    public KvsClientBuilder sslContext(@Nullable SSLContext context) {
        sslContext = context;
        return this;
    }

    /**
     * For a program that ends after a few calls: the first ones over plain http go over connections of their own, which takes a
     * new process less time than loading the JDK's client does.
     */
    public KvsClientBuilder shortLived() {
        shortLived = true;
        return this;
    }

    /** Turns objects into documents and back; a plain one unless said. */
    public KvsClientBuilder mapper(ObjectMapper objects) {
        mapper = objects;
        return this;
    }

    /** Is told of every attempt. */
    public KvsClientBuilder listener(RequestListener told) {
        listener = told;
        return this;
    }

    /** The client; throws {@link IllegalArgumentException} when a setting is out of its bounds. */
    public KvsClient build() {
        return build(new SystemPacing());
    }

    KvsClient build(Pacing pacing) {
        ClientSettings settings = new ClientSettings(
                servers.stream().map(URI::create).toList(),
                connectTimeout,
                requestTimeout,
                totalTimeout,
                watchSilence,
                retries,
                token,
                localToken,
                userAgent,
                sitePass,
                answerBytesMax,
                sslContext,
                shortLived,
                mapper,
                listener);
        return new KvsClient(settings, pacing);
    }
}
