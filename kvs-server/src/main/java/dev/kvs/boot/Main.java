package dev.kvs.boot;

import dev.kvs.boot.config.ConfigLoader;
import dev.kvs.boot.config.InvalidConfigException;
import dev.kvs.boot.config.LoadedConfig;
import dev.kvs.boot.config.NodeConfig;
import dev.kvs.boot.logging.Logging;
import dev.kvs.platform.SystemRandomness;
import dev.kvs.platform.SystemTime;
import dev.kvs.security.AccessControl;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;

/** The process around a node: arguments, streams, signals and exit codes. */
public final class Main {
    private final Map<String, String> environment;
    private final Properties properties;
    private final PrintStream out;
    private final PrintStream err;

    Main(Map<String, String> environment, Properties properties, PrintStream out, PrintStream err) {
        this.environment = environment;
        this.properties = properties;
        this.out = out;
        this.err = err;
    }

    /** Starts the process; see {@link ExitCode} for how it ends. */
    public static void main(String[] arguments) {
        ownTheLog();
        Main main = new Main(System.getenv(), System.getProperties(), System.out, System.err);
        System.exit(main.run(List.of(arguments)).number());
    }

    /** Comes before the first logger: the JDK asks for its log manager once. A choice of the command line is respected. */
    private static void ownTheLog() {
        if (System.getProperty("java.util.logging.manager") == null) {
            System.setProperty("java.util.logging.manager", "dev.kvs.boot.logging.LastingLog");
        }
        // Helidon would otherwise load a logging.properties from the working directory over our settings.
        System.setProperty("io.helidon.logging.config.disabled", "true");
    }

    /** Does what the arguments ask for. Comes back from a started node only when it could not start. */
    ExitCode run(List<String> arguments) {
        return switch (CommandLine.parse(arguments)) {
            case CommandLine.Help _ -> {
                out.print(Usage.text());
                yield ExitCode.OK;
            }
            case CommandLine.Version _ -> {
                out.println("kvs " + Usage.version());
                yield ExitCode.OK;
            }
            case CommandLine.Wrong(String why) -> {
                err.println(why + " Try --help.");
                yield ExitCode.USAGE;
            }
            case CommandLine.CheckConfig(Path file) -> checkConfig(file);
            case CommandLine.RootToken(Path file) -> rootToken(file);
            case CommandLine.Run(Path file) -> serve(file);
        };
    }

    private ConfigLoader loader() {
        return new ConfigLoader(environment, properties, HostName.asNodeId());
    }

    private ExitCode checkConfig(Path file) {
        try {
            LoadedConfig config = loader().load(file);
            NodeTls.of(config.node(), new SystemTime());
            config.remarks().forEach(err::println);
            out.println(config.file() + " can be used.");
            return ExitCode.OK;
        } catch (InvalidConfigException e) {
            err.println(e.getMessage());
            return ExitCode.CONFIG;
        } catch (StartException e) {
            err.println(e.getMessage());
            return e.exitCode();
        }
    }

    private ExitCode rootToken(Path file) {
        try {
            NodeConfig config = loader().load(file).node();
            SystemRandomness randomness = new SystemRandomness();
            out.println(AccessControl.rootToken(Watchmen.settings(config, randomness), new SystemTime(), randomness));
            return ExitCode.OK;
        } catch (InvalidConfigException e) {
            err.println(e.getMessage());
            return ExitCode.CONFIG;
        } catch (StartException e) {
            err.println(e.getMessage());
            return e.exitCode();
        }
    }

    private ExitCode serve(Path file) {
        try {
            LoadedConfig config = loader().loadOrCreate(file);
            Logging.configure(config.node().logging(), err);
            StartReport.log(config);
            Node node = Node.start(config);
            closeOnSignal(node);
            greet(config, node);
            awaitTheEnd();
            return ExitCode.OK;
        } catch (InvalidConfigException e) {
            err.println(e.getMessage());
            return ExitCode.CONFIG;
        } catch (StartException e) {
            err.println(e.getMessage());
            return e.exitCode();
        }
    }

    /** The lines that a person waits for: where the node is, and something to try. */
    private void greet(LoadedConfig config, Node node) {
        NodeConfig told = config.node();
        out.println(
                "Node " + told.nodeId() + " listens on " + node.address() + " and keeps its data in " + told.dataDir());
        String token = told.dataDir().resolve(Watchmen.ROOT_TOKEN).toString();
        String auth = told.security().authEnabled() ? "-H \"Authorization: Bearer $(cat '" + token + "')\" " : "";
        String trust = told.tls().isPresent() ? "--cacert YOUR-CA.pem " : "";
        out.println("Try: curl " + trust + auth + "-X PUT --json '{\"to\":\"world\"}' " + node.address() + "/kv/hello");
        if (told.http().consoleEnabled()) {
            String login = told.security().authEnabled() ? "; log in with the token in that file" : "";
            out.println("Or open " + node.address() + "/ui/ in a browser" + login);
        }
        out.flush();
    }

    /**
     * SIGTERM and SIGINT start the JVM's shutdown hooks. Halting at the end of ours gives the exit status 0 that
     * supervisors expect of an orderly stop; by itself the JVM would report death by signal.
     */
    private static void closeOnSignal(Node node) {
        Runtime.getRuntime()
                .addShutdownHook(Thread.ofPlatform().name("kvs-shutdown").unstarted(() -> {
                    node.close();
                    Runtime.getRuntime().halt(ExitCode.OK.number());
                }));
    }

    /** Keeps the process alive: what serves requests runs on daemon threads. */
    private static void awaitTheEnd() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
