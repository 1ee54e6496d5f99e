package dev.kvs.ctl.context;

import dev.kvs.ctl.output.ExitCode;
import dev.kvs.ctl.output.Failure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.representer.Representer;

/**
 * The file that holds the contexts. A person may edit it, so whatever is not understood is refused and named.
 *
 * <pre>{@code
 * current: staging
 * contexts:
 *   staging:
 *     server: http://10.0.0.1:8080,http://10.0.0.2:8080
 *   production:
 *     server: https://10.1.0.1:8443
 *     cacert: /etc/kvs/ca.pem
 *     token_file: /home/ada/.config/kvsctl/tokens/production@context
 *     protected: true
 * }</pre>
 */
public final class ContextFile {
    private static final String CURRENT = "current";
    private static final String CONTEXTS = "contexts";
    private static final String SERVER = "server";
    private static final String TOKEN_FILE = "token_file";
    private static final String CA_CERT = "cacert";
    private static final String PROTECTED = "protected";
    private static final Set<String> TOP = Set.of(CURRENT, CONTEXTS);
    private static final Set<String> MEMBERS = Set.of(SERVER, TOKEN_FILE, CA_CERT, PROTECTED);

    private final @Nullable Path file;

    /**
     * The file in a configuration folder.
     *
     * @param folder null for a user who has none: then there are no contexts, and none can be kept
     */
    public ContextFile(@Nullable Path folder) {
        this.file = folder == null ? null : folder.resolve("config.yaml");
    }

    /** What the file says; nothing when there is none. Throws {@link Failure} with {@link ExitCode#USAGE}. */
    public Contexts read() {
        if (file == null || !Files.exists(file)) {
            return Contexts.NONE;
        }
        try {
            LoaderOptions strict = new LoaderOptions();
            strict.setAllowDuplicateKeys(false);
            Object whole = new Yaml(new SafeConstructor(strict)).load(Files.readString(file, StandardCharsets.UTF_8));
            return whole == null ? Contexts.NONE : contexts(map("the file", whole, TOP));
        } catch (IOException e) {
            throw Failure.usage(file + " cannot be read: " + Failure.reason(e));
        } catch (YAMLException e) {
            String why = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
            throw Failure.usage(file + " is not YAML: " + why);
        }
    }

    private Contexts contexts(Map<String, Object> whole) {
        Object current = whole.get(CURRENT);
        Contexts contexts = new Contexts(current == null ? null : current.toString(), Map.of());
        Object all = whole.get(CONTEXTS);
        if (all != null) {
            for (Map.Entry<String, Object> one : map(CONTEXTS, all, null).entrySet()) {
                contexts = contexts.with(context(one.getKey(), one.getValue()));
            }
        }
        return contexts;
    }

    private Context context(String name, Object members) {
        Map<String, Object> said = map("the context " + name, members, MEMBERS);
        Object guarded = said.getOrDefault(PROTECTED, false);
        if (!(guarded instanceof Boolean)) {
            throw Failure.usage(file + ": " + PROTECTED + " of the context " + name + " is true or false");
        }
        return new Context(
                name, text(said, SERVER), text(said, TOKEN_FILE), text(said, CA_CERT), Boolean.TRUE.equals(guarded));
    }

    private static @Nullable String text(Map<String, Object> members, String name) {
        Object value = members.get(name);
        return value == null ? null : value.toString();
    }

    private Map<String, Object> map(String what, Object value, @Nullable Set<String> known) {
        if (!(value instanceof Map<?, ?> found)) {
            throw Failure.usage(file + ": " + what + " must be a mapping");
        }
        Map<String, Object> members = new LinkedHashMap<>();
        found.forEach((name, member) -> {
            if (known != null && !known.contains(String.valueOf(name))) {
                throw Failure.usage(file + ": " + what + " has '" + name + "', which is none of "
                        + String.join(", ", known.stream().sorted().toList()));
            }
            members.put(String.valueOf(name), member == null ? Map.of() : member);
        });
        return members;
    }

    /** Writes the contexts, whole or not at all. */
    public void write(Contexts contexts) {
        if (file == null) {
            throw Failure.usage("there is no place for contexts: set HOME or XDG_CONFIG_HOME");
        }
        DumperOptions block = new DumperOptions();
        block.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
        String text = new Yaml(new SafeConstructor(new LoaderOptions()), new Representer(block), block)
                .dump(members(contexts));
        try {
            PrivateFiles.write(file, text);
        } catch (IOException e) {
            throw Failure.of(
                    ExitCode.SERVER_ERROR, "context_not_kept", file + " cannot be written: " + Failure.reason(e));
        }
    }

    private static Map<String, Object> members(Contexts contexts) {
        Map<String, Object> all = new LinkedHashMap<>();
        for (Context context : contexts.all()) {
            Map<String, Object> one = new LinkedHashMap<>();
            put(one, SERVER, context.server());
            put(one, CA_CERT, context.caCert());
            put(one, TOKEN_FILE, context.tokenFile());
            put(one, PROTECTED, context.guarded() ? true : null);
            all.put(context.name(), one);
        }
        Map<String, Object> whole = new LinkedHashMap<>();
        put(whole, CURRENT, contexts.current());
        whole.put(CONTEXTS, all);
        return whole;
    }

    private static void put(Map<String, Object> members, String name, @Nullable Object value) {
        if (value != null) {
            members.put(name, value);
        }
    }
}
