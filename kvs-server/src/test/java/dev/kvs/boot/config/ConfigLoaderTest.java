package dev.kvs.boot.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigLoaderTest {
    @TempDir
    private Path directory;

    private Path file;
    private final Properties properties = new Properties();
    private Map<String, String> environment = Map.of();

    @BeforeEach
    void nameTheFile() {
        file = directory.resolve("config.yaml");
    }

    @Test
    void anEmptyFileGivesTheDefaults() throws Exception {
        NodeConfig node = load("").node();
        assertThat(node.nodeId().value()).isEqualTo("machine");
        assertThat(node.dataDir()).isEqualTo(directory.resolve("data"));
        assertThat(node.http().port()).isEqualTo(8080);
        assertThat(node.http().bindAddress()).isEqualTo("127.0.0.1");
        assertThat(node.storage().revisionHistoryMax()).isEqualTo(10);
        assertThat(node.cluster().gossipIntervalMax()).isEqualTo(Duration.ofSeconds(120));
        assertThat(node.security().rateLimitWindow()).isEqualTo(Duration.ofMinutes(1));
        assertThat(node.backup().path()).isEqualTo(directory.resolve("backups"));
    }

    @Test
    void aFileOfCommentsOrADocumentMarkIsEmpty() throws Exception {
        for (String text : List.of("# nothing\n", "---\n", "\n\n", "---\n...\n", "\uFEFF# marked\n")) {
            assertThat(load(text).node().http().port()).as(text).isEqualTo(8080);
        }
    }

    @Test
    void valuesOfTheFileAreTaken() throws Exception {
        NodeConfig node = load("""
            node_id: alpha
            port: 9000
            read_only: yes
            seed_nodes: [a:1, "b:2"]
            gossip_interval_min: 30
            gossip_interval_max: 45s
            response_format: raw
            """).node();
        assertThat(node.nodeId().value()).isEqualTo("alpha");
        assertThat(node.http().port()).isEqualTo(9000);
        assertThat(node.readOnly()).isTrue();
        assertThat(node.cluster().seedNodes()).containsExactly("a:1", "b:2");
        assertThat(node.cluster().gossipIntervalMin()).isEqualTo(Duration.ofSeconds(30));
        assertThat(node.api().responseFormat()).isEqualTo(ApiConfig.ResponseFormat.RAW);
    }

    @Test
    void everyProblemIsInOneReport() {
        environment = Map.of("KVS_MAX_JSON_SIZE", "12");
        properties.setProperty("kvs.max_conections", "1");
        InvalidConfigException refused = refusal("""
            prot: 9000
            port: 65536
            log_level: chatty
            port: 1
            idle_timeout: soon
            seed_nodes: {a: 1}
            gossip_interval_min: 200
            """);
        assertThat(refused.problems())
                .extracting(ConfigProblem::key, ConfigProblem::where)
                .containsExactlyInAnyOrder(
                        row("prot", "config.yaml, line 1"),
                        row("port", "config.yaml, line 4"),
                        row("log_level", "config.yaml, line 3"),
                        row("idle_timeout", "config.yaml, line 5"),
                        row("seed_nodes", "config.yaml, line 6"),
                        row("max_json_size", "environment variable KVS_MAX_JSON_SIZE"),
                        row("max_conections", "-Dkvs.max_conections"),
                        row("gossip_interval_min", "config.yaml, line 7; gossip_interval_max: default"));
        assertThat(refused)
                .hasMessageStartingWith("The configuration cannot be used: 8 problems.")
                .hasMessageContaining("prot: is not a known key (config.yaml, line 1). Fix: did you mean 'port'?")
                .hasMessageContaining("max_json_size: '12' is below the smallest value, 1024 (environment variable"
                        + " KVS_MAX_JSON_SIZE). Fix: use a whole number from 1024 to 7340032 (bytes), or remove it for"
                        + " the default 1048576.")
                .hasMessageContaining("did you mean 'max_connections'?")
                .hasMessageContaining("port: is given again, first on line 2 (config.yaml, line 4)");
    }

    @Test
    void whatIsWrongByItselfIsNotComparedWithOthers() {
        assertThat(refusal("gossip_interval_min: soon\ngossip_interval_max: 1s\n")
                        .problems())
                .hasSize(1);
    }

    @Test
    void keysThatMustAgreeAreCompared() throws Exception {
        assertThat(load("gossip_interval_min: 120s").node()).isNotNull();
        assertOnlyProblem("gossip_interval_min: 121s", "gossip_interval_min");
        assertThat(load("max_json_size: 7340032").node()).isNotNull();
        assertOnlyProblem("max_json_size: 7340033", "max_json_size");
        assertThat(load("batch_max_bytes: 1048576").node()).isNotNull();
        assertOnlyProblem("batch_max_bytes: 1048575", "batch_max_bytes");
        assertThat(load("max_body_memory: 16777216").node()).isNotNull();
        assertOnlyProblem("max_body_memory: 16777215", "max_body_memory");
        assertThat(load("memtable_max_bytes: 33554432").node()).isNotNull();
        assertOnlyProblem("memtable_max_bytes: 33554431", "memtable_max_bytes");
    }

    @Test
    void filesForTlsGoTogetherAndMembersNeedAnAuthority() throws Exception {
        String own = "tls_cert_file: c.pem\ntls_key_file: k.pem\n";
        TlsConfig tls =
                load(own + "tls_client_ca_file: /etc/ca.pem").node().tls().orElseThrow();
        assertThat(tls.certFile()).isAbsolute().hasFileName("c.pem");
        assertThat(tls.keyFile()).hasFileName("k.pem");
        assertThat(tls.clientCaFile()).contains(Path.of("/etc/ca.pem"));
        assertThat(load(own + "clustering_enabled: false")
                        .node()
                        .tls()
                        .orElseThrow()
                        .clientCaFile())
                .isEmpty();
        assertThat(load("port: 1").node().tls()).isEmpty();
        assertOnlyProblem(own, "tls_client_ca_file");
        assertOnlyProblem("tls_key_file: k\ntls_client_ca_file: \"\"", "tls_key_file");
        assertOnlyProblem("tls_cert_file: c\ntls_client_ca_file: a", "tls_cert_file");
        assertOnlyProblem("tls_client_ca_file: a", "tls_client_ca_file");
    }

    @Test
    void theOlderNamesForTlsStandForTheSameFiles() throws Exception {
        String older = "cluster_tls_enabled: true\ncluster_tls_cert_file: c\ncluster_tls_key_file: k\n";
        TlsConfig tls = load(older + "tls_client_ca_file: a").node().tls().orElseThrow();
        assertThat(tls.certFile()).hasFileName("c");
        assertThat(tls.keyFile()).hasFileName("k");
        assertThat(load("cluster_tls_cert_file: c\ncluster_tls_key_file: k")
                        .node()
                        .tls())
                .isEmpty();
        assertThat(refusal("cluster_tls_enabled: true\ntls_client_ca_file: a").problems())
                .extracting(ConfigProblem::key)
                .containsExactly("cluster_tls_cert_file", "cluster_tls_key_file");
        assertOnlyProblem(older, "tls_client_ca_file");
        assertOnlyProblem(
                older + "tls_client_ca_file: a\ntls_cert_file: other\ntls_key_file: k", "cluster_tls_cert_file");
    }

    @Test
    void malformedTextIsRefusedWithItsLine() {
        assertOnlyProblemAt("port: 1\nlog_level: [a\n", "line 3");
        assertOnlyProblemAt("port: 1\n\tlog_level: info\n", "line 2");
        assertOnlyProblemAt("port: 1\nlog_level: \"info\nread_only: true\n", "line 4");
        assertOnlyProblemAt("- port\n- 8080\n", "line 1");
        assertOnlyProblemAt("just words\n", "line 1");
        assertOnlyProblemAt("port: 1\n? [a, b]\n: 3\n", "line 2");
        assertOnlyProblemAt("port: 1\nnode_id: \u0007\n", "config.yaml");
    }

    @Test
    void severalDocumentsAreRefused() {
        assertThat(refusal("port: 1\n---\nport: 2\n").problems()).isNotEmpty();
    }

    @Test
    void aKeyWithoutAValueIsNamed() {
        assertThat(refusal("port:\n")).hasMessageContaining("port: '' is empty (config.yaml, line 1)");
        assertThat(refusal("~: 3\n").problems()).isNotEmpty();
        assertThat(refusal("a.b: 3\n")).hasMessageContaining("a.b: is not a known key");
    }

    @Test
    void nestingAndAliasesCannotExhaustTheParser() {
        assertThat(refusal("seed_nodes: " + "[".repeat(100_000)).problems()).isNotEmpty();
        StringBuilder bomb = new StringBuilder("a0: &a0 [x]\n");
        for (int i = 1; i < 60; i++) {
            bomb.append("a%d: &a%d [*a%d, *a%d, *a%d]\n".formatted(i, i, i - 1, i - 1, i - 1));
        }
        assertThat(refusal(bomb.toString()).problems()).isNotEmpty();
    }

    @Test
    void theClosestWordWins() throws Exception {
        environment = Map.of("KVS_PORT", "2", "KVS_LOG_LEVEL", "warn");
        properties.setProperty("kvs.port", "3");
        LoadedConfig loaded = load("port: 1\nlog_level: debug\nnode_id: n\n");
        assertThat(loaded.node().http().port()).isEqualTo(3);
        assertThat(loaded.node().logging().level()).isEqualTo(LoggingConfig.Level.WARN);
        assertThat(loaded.settings())
                .contains(
                        new SettingView("port", 3L, Source.SYSTEM_PROPERTY, true),
                        new SettingView("log_level", "warn", Source.ENVIRONMENT, true),
                        new SettingView("node_id", "n", Source.FILE, true),
                        new SettingView("data_dir", "./data", Source.DEFAULT, true));
    }

    @Test
    void everyKeyHasAVariableAndAProperty() throws Exception {
        for (ConfigKey<?> key : ConfigTable.KEYS) {
            Source expected = Source.ENVIRONMENT;
            environment = Map.of(key.environmentName(), plain(key));
            assertThat(sourceOf(key, load(""))).as(key.name()).isEqualTo(expected);
            environment = Map.of();
            properties.setProperty(key.propertyName(), plain(key));
            assertThat(sourceOf(key, load(""))).as(key.name()).isEqualTo(Source.SYSTEM_PROPERTY);
            properties.clear();
        }
    }

    @Test
    void aBadValueThatIsOverriddenDoesNotMatter() throws Exception {
        properties.setProperty("kvs.port", "9000");
        assertThat(load("port: nonsense\n").node().http().port()).isEqualTo(9000);
    }

    @Test
    void strayVariablesAreOnlyRemarkedUpon() throws Exception {
        environment = Map.of("KVS_PROT", "1", "KVS_ZOO", "1", "KVSX", "1", "PORT", "1");
        assertThat(load("").remarks()).singleElement().asString().contains("KVS_PROT", "KVS_PORT");
    }

    @Test
    void secretsAreNeverShown() throws Exception {
        String secret = "abcdef01".repeat(8);
        LoadedConfig loaded = load("cluster_secret: " + secret + "\n");
        assertThat(loaded.node().security().clusterSecret()).isEqualTo(secret);
        assertThat(loaded.toString()).doesNotContain(secret);
        assertThat(loaded.settings()).contains(new SettingView("cluster_secret", SettingView.MASK, Source.FILE, true));
        assertThat(refusal("cluster_secret: hunter2\n"))
                .message()
                .doesNotContain("hunter2")
                .contains("cluster_secret");
    }

    @Test
    void featuresOfLaterVersionsAreReported() throws Exception {
        assertThat(load("").notYetActive()).containsExactly("backup_enabled");
        assertThat(load("""
            clustering_enabled: false
            auth_enabled: false
            rate_limiting_enabled: false
            tamper_logging_enabled: false
            backup_enabled: false
            cluster_mode: gossip
            """).notYetActive()).contains("cluster_mode").doesNotContain("sync_interval");
    }

    @Test
    void theFirstRunWritesAFileThatMeansTheDefaults() throws Exception {
        LoadedConfig first = loader().loadOrCreate(file);
        assertThat(first.created()).isTrue();
        LoadedConfig second = loader().loadOrCreate(file);
        assertThat(second.created()).isFalse();
        assertThat(second.node()).isEqualTo(first.node()).isEqualTo(load("").node());
    }

    @Test
    void theFirstFileWithEverySettingUncommentedMeansTheDefaults() throws Exception {
        StringBuilder uncommented = new StringBuilder();
        DefaultFile.text()
                .lines()
                .forEach(line -> uncommented
                        .append(line.matches("#[a-z].*") ? line.substring(1) : line)
                        .append('\n'));
        LoadedConfig loaded = load(uncommented.toString());
        assertThat(loaded.node()).isEqualTo(load("").node());
        assertThat(loaded.settings())
                .filteredOn(setting -> !setting.name().equals("node_id"))
                .allMatch(setting -> setting.source() == Source.FILE);
    }

    @Test
    void linesOfTheFirstFileFitAScreen() {
        assertThat(DefaultFile.text().lines()).allMatch(line -> line.length() <= 140);
    }

    @Test
    void anExistingFileIsNeverWritten() throws Exception {
        Files.writeString(file, "port: 1\n");
        assertThat(loader().loadOrCreate(file).node().http().port()).isEqualTo(1);
        assertThat(file).hasContent("port: 1\n");
    }

    @Test
    void aMistypedCommandIsNoNewFile() {
        assertThatThrownBy(() -> loader().loadOrCreate(directory.resolve("stauts")))
                .isInstanceOf(InvalidConfigException.class)
                .hasMessageContaining("no such file")
                .hasMessageContaining("kvs --help");
        assertThat(directory.resolve("stauts")).doesNotExist();
    }

    @Test
    void whatIsNotATextFileIsRefused() throws IOException {
        assertThatThrownBy(() -> loader().load(directory))
                .isInstanceOf(InvalidConfigException.class)
                .hasMessageContaining("cannot be read");
        assertThatThrownBy(() -> loader().load(file)).hasMessageContaining("no such file");
        assertThatThrownBy(() -> loader().loadOrCreate(directory.resolve("none/config.yaml")))
                .isInstanceOf(InvalidConfigException.class)
                .hasMessageContaining("cannot be written");
        Files.write(file, new byte[] {'p', (byte) 0xC3, (byte) 0x28});
        assertThatThrownBy(() -> loader().load(file)).hasMessageContaining("not UTF-8");
        Files.write(file, new byte[] {'p', 0, 'q'});
        assertThatThrownBy(() -> loader().load(file)).isInstanceOf(InvalidConfigException.class);
    }

    @Test
    void aFileIsReadUpToItsLimit() throws Exception {
        String filler = "#".repeat(ConfigLoader.MAX_FILE_BYTES);
        assertThat(load(filler).node()).isNotNull();
        assertThat(refusal(filler + "#")).hasMessageContaining("1048577 bytes, more than 1048576");
        assertThat(refusal(filler.repeat(10))).hasMessageContaining("more than 1048576");
    }

    private ConfigLoader loader() {
        return new ConfigLoader(environment, properties, "machine");
    }

    private LoadedConfig load(String text) throws Exception {
        Files.write(file, text.getBytes(StandardCharsets.UTF_8));
        return loader().load(file);
    }

    private InvalidConfigException refusal(String text) {
        try {
            load(text);
        } catch (InvalidConfigException e) {
            return e;
        } catch (Exception e) {
            throw new AssertionError("not a refusal", e);
        }
        throw new AssertionError("this was accepted: " + text.substring(0, Math.min(200, text.length())));
    }

    private void assertOnlyProblem(String text, String key) {
        assertThat(refusal(text).problems())
                .singleElement()
                .extracting(ConfigProblem::key)
                .isEqualTo(key);
    }

    private void assertOnlyProblemAt(String text, String place) {
        assertThat(refusal(text).problems())
                .as(text)
                .singleElement()
                .extracting(ConfigProblem::where)
                .asString()
                .contains(place);
    }

    private static Source sourceOf(ConfigKey<?> key, LoadedConfig loaded) {
        return loaded.settings().stream()
                .filter(setting -> setting.name().equals(key.name()))
                .findFirst()
                .orElseThrow()
                .source();
    }

    /** A value that is good for the key, as one would export it. */
    private static String plain(ConfigKey<?> key) {
        if (key == NodeConfig.NODE_ID) {
            return "alpha";
        }
        return key.type() instanceof TextList ? "" : key.defaultText().replace("\"", "");
    }

    private static Tuple row(Object... columns) {
        return Tuple.tuple(columns);
    }
}
