package dev.kvs.boot.config;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/** Reads, overrides and checks a configuration; writes the commented first file where there is none. */
public final class ConfigLoader {
    /** Largest file read: the full table with its comments takes 15 KiB, so more is not a configuration. */
    static final int MAX_FILE_BYTES = 1_048_576;

    private final Map<String, String> environment;
    private final Properties properties;
    private final String hostName;

    /**
     * @param environment the process's environment
     * @param properties the system properties
     * @param hostName the machine's name, used when {@code node_id} is empty; a valid node id
     */
    public ConfigLoader(Map<String, String> environment, Properties properties, String hostName) {
        this.environment = environment;
        this.properties = properties;
        this.hostName = hostName;
    }

    /** Loads a file, writing it first when it is not there and is named like one; throws with every problem found. */
    public LoadedConfig loadOrCreate(Path file) throws InvalidConfigException {
        boolean created = Files.notExists(file) && create(file);
        return load(file, created);
    }

    /** Loads a file that must be there. */
    public LoadedConfig load(Path file) throws InvalidConfigException {
        return load(file, false);
    }

    private LoadedConfig load(Path file, boolean created) throws InvalidConfigException {
        Path absolute = file.toAbsolutePath().normalize();
        ConfigFile content = ConfigFile.of(absolute, read(absolute));
        Overrides overrides = Overrides.of(environment, properties);
        Map<String, Given> given = new LinkedHashMap<>(content.values());
        given.putAll(overrides.values());
        Validation validation = new Validation(given, hostName);
        Path directory = absolute.getParent();
        Settings settings = validation.settings(directory == null ? absolute : directory);
        List<ConfigProblem> problems = new ArrayList<>(content.problems());
        problems.addAll(overrides.problems());
        problems.addAll(validation.problems());
        if (!problems.isEmpty()) {
            throw new InvalidConfigException(problems);
        }
        List<SettingView> views = settings.all().stream().map(Setting::view).toList();
        return new LoadedConfig(
                absolute, created, NodeConfig.from(settings), views, notYetActive(settings), overrides.remarks());
    }

    /** Switches that are on, and anything a person has set, of features that come later. */
    private static List<String> notYetActive(Settings settings) {
        return settings.all().stream()
                .filter(setting -> !setting.key().active())
                .filter(setting -> setting.value().equals(true) || setting.source() != Source.DEFAULT)
                .map(setting -> setting.key().name())
                .toList();
    }

    private static boolean create(Path file) throws InvalidConfigException {
        String name = file.toString();
        if (!name.endsWith(".yaml") && !name.endsWith(".yml")) {
            // More likely a command that was mistyped than a node that somebody wants.
            throw refused(
                    "there is no such file, and only one whose name ends with .yaml or .yml is written anew",
                    file,
                    "see kvs --help for the commands, or name the file so");
        }
        try {
            Files.writeString(file, DefaultFile.text(), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            return true;
        } catch (FileAlreadyExistsException _) {
            return false;
        } catch (IOException e) {
            throw refused(
                    "there is no file, and it cannot be written: " + reason(e),
                    file,
                    "create the directory, or name a file in a directory that can be written");
        }
    }

    private static String read(Path file) throws InvalidConfigException {
        try {
            if (Files.isRegularFile(file) && Files.size(file) > MAX_FILE_BYTES) {
                throw refused(
                        "it has " + Files.size(file) + " bytes, more than " + MAX_FILE_BYTES,
                        file,
                        "name a configuration file");
            }
            return decode(Files.readAllBytes(file));
        } catch (CharacterCodingException _) {
            throw refused("it is not UTF-8 text", file, "save it as UTF-8");
        } catch (IOException e) {
            throw refused("it cannot be read: " + reason(e), file, "name a file that this user may read");
        }
    }

    private static String decode(byte[] bytes) throws CharacterCodingException {
        String text = StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(bytes))
                .toString();
        return text.startsWith("\uFEFF") ? text.substring(1) : text;
    }

    private static InvalidConfigException refused(String what, Path file, String fix) {
        return new InvalidConfigException(List.of(new ConfigProblem("", what, file.toString(), fix)));
    }

    private static String reason(IOException e) {
        return switch (e) {
            case AccessDeniedException _ -> "permission denied";
            case NoSuchFileException _ -> "no such file or directory";
            default -> String.valueOf(e.getMessage());
        };
    }
}
