package dev.kvs.boot;

import dev.kvs.boot.config.NodeConfig;
import dev.kvs.platform.Randomness;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HexFormat;
import java.util.Map;

/**
 * The secret that tokens are signed with: {@code cluster_secret}, or else one that all nodes of this user on this machine
 * share, which is where nodes without a cluster secret may form a cluster.
 */
final class NodeSecret {
    private static final String FILE = "local.secret";
    private static final int BYTES = 32;

    private NodeSecret() {}

    /** The secret; makes the local one when it is needed first. {@link ExitCode#DATA_DIR}. */
    static byte[] of(NodeConfig config, Map<String, String> environment, Randomness randomness) throws StartException {
        byte[] shared = ClusterSecret.bytes(config.security().clusterSecret());
        return shared.length > 0 ? shared : local(folder(config, environment), randomness);
    }

    /** {@code $XDG_CONFIG_HOME/kvs}, {@code $HOME/.config/kvs}, and for users without a home the data directory. */
    private static Path folder(NodeConfig config, Map<String, String> environment) {
        String configHome = environment.getOrDefault("XDG_CONFIG_HOME", "");
        String home = environment.getOrDefault("HOME", "");
        if (!configHome.isEmpty()) {
            return Path.of(configHome, "kvs");
        }
        return home.isEmpty() ? config.dataDir() : Path.of(home, ".config", "kvs");
    }

    private static byte[] local(Path folder, Randomness randomness) throws StartException {
        Path file = folder.resolve(FILE);
        try {
            OwnerOnly.createDirectories(folder);
            return Files.exists(file) ? read(file) : make(folder, file, randomness);
        } catch (IOException | IllegalArgumentException e) {
            throw new StartException(
                    ExitCode.DATA_DIR,
                    "The file " + file + ", with which tokens are signed, cannot be used: " + e.getMessage()
                            + ". Make it readable, remove it to get another one (which ends all tokens), or set"
                            + " cluster_secret.");
        }
    }

    private static byte[] read(Path file) throws IOException {
        return HexFormat.of()
                .parseHex(Files.readString(file, StandardCharsets.US_ASCII).strip());
    }

    /** Several nodes may start at once: one of them makes the file, and the others read it, whole. */
    private static byte[] make(Path folder, Path file, Randomness randomness) throws IOException {
        byte[] made = new byte[BYTES];
        randomness.fillSecret(made);
        Path fresh = OwnerOnly.temporary(folder, HexFormat.of().formatHex(made));
        try {
            Files.createLink(file, fresh);
            return made;
        } catch (FileAlreadyExistsException _) {
            return read(file);
        } finally {
            Files.delete(fresh);
        }
    }

    /** Writes a file that only its owner may read, whole or not at all; {@link ExitCode#DATA_DIR}. */
    static void write(Path folder, String name, String text) throws StartException {
        Path file = folder.resolve(name);
        try {
            Files.move(
                    OwnerOnly.temporary(folder, text),
                    file,
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new StartException(
                    ExitCode.DATA_DIR,
                    "The file " + file + " cannot be written: " + e.getMessage()
                            + ". See whether this user may write there, and whether the disk is full.");
        }
    }
}
