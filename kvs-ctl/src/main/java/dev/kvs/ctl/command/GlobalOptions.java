package dev.kvs.ctl.command;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/**
 * The flags that every command takes, before or after its name. Texts here are as given; {@link Settings} checks them
 * and fills in from the environment what is missing.
 */
public final class GlobalOptions {
    @Option(
            names = {"-c", "--context"},
            paramLabel = "CONTEXT",
            scope = ScopeType.INHERIT,
            description = "The cluster kept under this name (KVSCTL_CONTEXT; see context set).")
    @Nullable
    String context;

    @Option(
            names = {"-s", "--server"},
            paramLabel = "URL[,URL]",
            scope = ScopeType.INHERIT,
            description = "Nodes to talk to, tried in order (KVSCTL_SERVER; default http://127.0.0.1:8080).")
    @Nullable
    String server;

    @Option(
            names = "--token-file",
            paramLabel = "FILE|-",
            scope = ScopeType.INHERIT,
            description =
                    "File with the token, - for standard input (KVSCTL_TOKEN_FILE, or the token in KVSCTL_TOKEN; what"
                            + " login got unless said).")
    @Nullable
    String tokenFile;

    @Option(
            names = "--cacert",
            paramLabel = "FILE",
            scope = ScopeType.INHERIT,
            description = "Trust this PEM certificate authority and no other (KVSCTL_CACERT).")
    @Nullable
    String caCert;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            scope = ScopeType.INHERIT,
            description = "table, wide, json, ndjson, yaml, raw or name (KVSCTL_OUTPUT).")
    @Nullable
    String output;

    @Option(
            names = "--pointer",
            paramLabel = "/a/b",
            scope = ScopeType.INHERIT,
            description = "Show only this part of the document (RFC 6901).")
    @Nullable
    String pointer;

    @Option(names = "--no-headers", scope = ScopeType.INHERIT, description = "Tables without a header.")
    boolean noHeaders;

    @Option(
            names = {"-q", "--quiet"},
            scope = ScopeType.INHERIT,
            description = "Print what was asked for, but no confirmations and notes.")
    boolean quiet;

    @Option(
            names = {"-v", "--verbose"},
            scope = ScopeType.INHERIT,
            description = "Tell on standard error what is sent and how long it takes.")
    boolean verbose;

    @Option(
            names = "--show-curl",
            scope = ScopeType.INHERIT,
            description = "Print each request as a curl line on standard error, without the token.")
    boolean showCurl;

    @Option(
            names = "--color",
            paramLabel = "WHEN",
            scope = ScopeType.INHERIT,
            description = "auto, always or never (KVSCTL_COLOR; NO_COLOR is honoured).")
    @Nullable
    String color;

    @Option(
            names = "--timeout",
            paramLabel = "DURATION",
            scope = ScopeType.INHERIT,
            description = "Longest wait for one answer (KVSCTL_TIMEOUT; default 30s).")
    @Nullable
    String timeout;

    @Option(
            names = "--retries",
            paramLabel = "N",
            scope = ScopeType.INHERIT,
            description = "Repeat what is safe to repeat so many times (KVSCTL_RETRIES; default 2).")
    @Nullable
    String retries;

    @Option(names = "--no-input", scope = ScopeType.INHERIT, description = "Never ask and never read from a terminal.")
    boolean noInput;

    @Option(
            names = {"-y", "--yes"},
            scope = ScopeType.INHERIT,
            description = "Answer every question with yes.")
    boolean yes;

    @Option(
            names = "--confirm",
            paramLabel = "WORD",
            scope = ScopeType.INHERIT,
            description = "Answer the question that wants this word typed: a protected context's name, a prefix.")
    List<String> confirm = new ArrayList<>();

    @Option(names = "--dry-run", scope = ScopeType.INHERIT, description = "Show what would be written; write nothing.")
    boolean dryRun;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            scope = ScopeType.INHERIT,
            description = "Show this help.")
    boolean help;

    /** Those flags that a command which is called by this one inherits, as words. */
    public List<String> words() {
        List<String> words = new ArrayList<>();
        add(words, "--context", context);
        add(words, "--server", server);
        add(words, "--token-file", tokenFile);
        add(words, "--cacert", caCert);
        add(words, "--output", output);
        add(words, "--pointer", pointer);
        add(words, "--color", color);
        add(words, "--timeout", timeout);
        add(words, "--retries", retries);
        add(words, "--no-headers", noHeaders);
        add(words, "--quiet", quiet);
        add(words, "--verbose", verbose);
        add(words, "--show-curl", showCurl);
        add(words, "--no-input", noInput);
        add(words, "--yes", yes);
        add(words, "--dry-run", dryRun);
        return words;
    }

    private static void add(List<String> words, String name, @Nullable String value) {
        if (value != null) {
            words.add(name);
            words.add(value);
        }
    }

    private static void add(List<String> words, String name, boolean given) {
        if (given) {
            words.add(name);
        }
    }
}
