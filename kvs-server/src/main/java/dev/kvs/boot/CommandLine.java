package dev.kvs.boot;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;

/** What the arguments ask for. Few enough to be read by hand, which costs nothing at start-up. */
sealed interface CommandLine {
    /** The file when none is named. */
    Path DEFAULT_FILE = Path.of("config.yaml");

    /** Start a node. */
    record Run(Path file) implements CommandLine {}

    /** Only say whether a configuration can be used. */
    record CheckConfig(Path file) implements CommandLine {}

    /** Print a token of root's, for whoever may read the configuration and what it names. */
    record RootToken(Path file) implements CommandLine {}

    /** Say how to use the program. */
    record Help() implements CommandLine {}

    /** Say which version this is. */
    record Version() implements CommandLine {}

    /** They ask for nothing we know. */
    record Wrong(String why) implements CommandLine {}

    /** Reads the arguments: {@code [--help|--version|--check-config|root-token] [config.yaml]}. */
    static CommandLine parse(List<String> arguments) {
        boolean check = false;
        boolean rootToken = false;
        Path file = null;
        for (String argument : arguments) {
            switch (argument) {
                case "--help", "-h" -> {
                    return new Help();
                }
                case "--version", "-V" -> {
                    return new Version();
                }
                case "--check-config" -> check = true;
                case "root-token" -> rootToken = true;
                default -> {
                    if (argument.isEmpty() || argument.startsWith("-")) {
                        return new Wrong("'" + argument + "' is not an option.");
                    }
                    if (file != null) {
                        return new Wrong(
                                "There is more than one configuration file: '" + file + "' and '" + argument + "'.");
                    }
                    try {
                        file = Path.of(argument);
                    } catch (InvalidPathException _) {
                        return new Wrong("The name of the configuration file is not a path.");
                    }
                }
            }
        }
        Path chosen = file == null ? DEFAULT_FILE : file;
        if (rootToken) {
            return new RootToken(chosen);
        }
        return check ? new CheckConfig(chosen) : new Run(chosen);
    }
}
