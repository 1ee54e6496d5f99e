package dev.kvs.client;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * What {@link KvsClientBuilder} was told, checked.
 *
 * @param servers base URLs of nodes of one cluster, at least one, tried in this order
 * @param connectTimeout for opening one connection, 1 ms to 5 minutes
 * @param requestTimeout for one attempt, from its start to the last byte of its answer, 1 ms to {@link #TOTAL_MAX}
 * @param totalTimeout for a whole call with all attempts and waits, 1 ms to {@link #TOTAL_MAX}
 * @param watchSilence how long a watch hears nothing, not even that the node is alive, before it asks again, 1 ms to {@link
 *     #TOTAL_MAX}
 * @param retries how often every server is asked again after the first round, 0 to 20; only for what is safe to repeat
 * @param token sent as {@code Authorization: Bearer}, null for none
 * @param localToken whether a caller without a token uses the one that a node on the same machine names, if it may be read
 * @param userAgent names the program in the node's log
 * @param sitePass of a console on the node: whose visit this is for, null for none
 * @param answerBytesMax largest answer that is read into memory, in bytes; a larger one is a bad answer
 * @param sslContext whom to trust over https, null for the JDK's default
 * @param shortLived whether the first calls do without the JDK's client, see {@link SingleUseHttp}
 * @param givenMapper turns objects into documents and back in the methods that take or give objects, null for a plain one
 * @param listener is told of every attempt
 */
record ClientSettings(
        List<URI> servers,
        Duration connectTimeout,
        Duration requestTimeout,
        Duration totalTimeout,
        Duration watchSilence,
        int retries,
        @Nullable String token,
        boolean localToken,
        String userAgent,
        @Nullable String sitePass,
        int answerBytesMax,
        @Nullable SSLContext sslContext,
        boolean shortLived,
        @Nullable ObjectMapper givenMapper,
        RequestListener listener) {
    /** A node remembers an idempotency key for 10 minutes; no repeat may come later than that. */
    static final Duration TOTAL_MAX = Duration.ofMinutes(9);

    private static final Duration CONNECT_MAX = Duration.ofMinutes(5);
    private static final int RETRIES_MAX = 20;

    /** Throws {@link IllegalArgumentException} when a setting is out of its bounds. */
    ClientSettings {
        servers = servers.stream().map(ClientSettings::checkedServer).toList();
        check(!servers.isEmpty(), "at least one server is needed");
        checkTime("connect timeout", connectTimeout, CONNECT_MAX);
        checkTime("request timeout", requestTimeout, TOTAL_MAX);
        checkTime("total timeout", totalTimeout, TOTAL_MAX);
        checkTime("longest silence of a watch", watchSilence, TOTAL_MAX);
        check(retries >= 0 && retries <= RETRIES_MAX, "retries are 0 to " + RETRIES_MAX + ", not " + retries);
        check(answerBytesMax >= 1, "the largest answer has at least a byte, not " + answerBytesMax);
    }

    private static URI checkedServer(URI server) {
        String scheme = server.getScheme() == null ? "" : server.getScheme().toLowerCase(Locale.ROOT);
        check(
                (scheme.equals("http") || scheme.equals("https"))
                        && server.getHost() != null
                        && server.getRawUserInfo() == null
                        && server.getRawQuery() == null
                        && server.getRawFragment() == null,
                "'" + server + "' is not a server's address: write http://host:port or https://host:port");
        String text = server.toString();
        return text.endsWith("/") ? URI.create(text.substring(0, text.length() - 1)) : server;
    }

    private static void checkTime(String what, Duration time, Duration max) {
        check(
                time.compareTo(Duration.ofMillis(1)) >= 0 && time.compareTo(max) <= 0,
                "the " + what + " is 1 ms to " + max.toMillis() + " ms, not " + time.toMillis() + " ms");
    }

    private static void check(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException(otherwise);
        }
    }

    /** Turns objects into documents and back. */
    ObjectMapper mapper() {
        return givenMapper == null ? Plain.MAPPER : givenMapper;
    }

    /** Made when it is needed: most calls take and give text. */
    private static final class Plain {
        static final ObjectMapper MAPPER = JsonMapper.builder().build();
    }

    /** Without the token. */
    @Override
    public String toString() {
        return "ClientSettings[servers=" + servers + ", retries=" + retries + ", totalTimeout=" + totalTimeout
                + ", token=" + (token == null ? "none" : "set") + "]";
    }
}
