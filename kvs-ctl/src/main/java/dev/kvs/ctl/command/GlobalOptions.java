package dev.kvs.ctl.command;

import static dev.kvs.ctl.command.Words.flag;
import static dev.kvs.ctl.command.Words.list;
import static dev.kvs.ctl.command.Words.option;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ScopeType;

/**
 * The flags that every command takes, before or after its name. Texts here are as given; {@link Settings} checks them
 * and fills in from the environment what is missing.
 */
public final class GlobalOptions {
    @Nullable
    String context;

    @Nullable
    String server;

    @Nullable
    String tokenFile;

    @Nullable
    String caCert;

    @Nullable
    String output;

    @Nullable
    String pointer;

    boolean noHeaders;
    boolean quiet;
    boolean verbose;
    boolean showCurl;

    @Nullable
    String color;

    @Nullable
    String timeout;

    @Nullable
    String retries;

    boolean noInput;

    boolean yes;

    List<String> confirm = new ArrayList<>();

    boolean dryRun;

    boolean help;

    /** What fills them in. */
    List<OptionSpec> specs() {
        return Stream.concat(whereAndWhat(), how())
                .map(each -> each.scopeType(ScopeType.INHERIT).build())
                .toList();
    }

    private Stream<OptionSpec.Builder> whereAndWhat() {
        return Stream.of(
                option(
                        text -> context = text,
                        "CONTEXT",
                        "The cluster kept under this name (KVSCTL_CONTEXT; see context set).",
                        "-c",
                        "--context"),
                option(
                        text -> server = text,
                        "URL[,URL]",
                        "Nodes to talk to, tried in order (KVSCTL_SERVER; default http://127.0.0.1:8080).",
                        "-s",
                        "--server"),
                option(
                        text -> tokenFile = text,
                        "FILE|-",
                        "File with the token, - for standard input (KVSCTL_TOKEN_FILE, or the token in"
                                + " KVSCTL_TOKEN; what login got unless said).",
                        "--token-file"),
                option(
                        text -> caCert = text,
                        "FILE",
                        "Trust this PEM certificate authority and no other (KVSCTL_CACERT).",
                        "--cacert"),
                option(
                        text -> output = text,
                        "FORMAT",
                        "table, wide, json, ndjson, yaml, raw or name (KVSCTL_OUTPUT).",
                        "-o",
                        "--output"),
                option(text -> pointer = text, "/a/b", "Show only this part of the document (RFC 6901).", "--pointer"));
    }

    private Stream<OptionSpec.Builder> how() {
        return Stream.of(
                flag(given -> noHeaders = given, "Tables without a header.", "--no-headers"),
                flag(
                        given -> quiet = given,
                        "Print what was asked for, but no confirmations and notes.",
                        "-q",
                        "--quiet"),
                flag(
                        given -> verbose = given,
                        "Tell on standard error what is sent and how long it takes.",
                        "-v",
                        "--verbose"),
                flag(
                        given -> showCurl = given,
                        "Print each request as a curl line on standard error, without the token.",
                        "--show-curl"),
                option(
                        text -> color = text,
                        "WHEN",
                        "auto, always or never (KVSCTL_COLOR; NO_COLOR is honoured).",
                        "--color"),
                option(
                        text -> timeout = text,
                        "DURATION",
                        "Longest wait for one answer (KVSCTL_TIMEOUT; default 30s).",
                        "--timeout"),
                option(
                        text -> retries = text,
                        "N",
                        "Repeat what is safe to repeat so many times (KVSCTL_RETRIES; default 2).",
                        "--retries"),
                flag(given -> noInput = given, "Never ask and never read from a terminal.", "--no-input"),
                flag(given -> yes = given, "Answer every question with yes.", "-y", "--yes"),
                list(
                        () -> confirm,
                        words -> confirm = words,
                        "WORD",
                        "Answer the question that wants this word typed: a protected context's name, a prefix.",
                        "--confirm"),
                flag(given -> dryRun = given, "Show what would be written; write nothing.", "--dry-run"),
                flag(given -> help = given, "Show this help.", "-h", "--help").usageHelp(true));
    }

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
