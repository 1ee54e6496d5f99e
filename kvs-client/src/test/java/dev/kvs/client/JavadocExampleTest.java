package dev.kvs.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kvs.client.ScriptedServer.Reply;
import dev.kvs.wire.Headers;
import java.io.File;
import java.io.StringWriter;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The examples in the Javadoc are cut out of the sources, compiled and run. */
class JavadocExampleTest {
    private static final String V = "01981c2e-7a4b-7c3d-9e5f-0a1b2c3d4e5f";

    @TempDir
    Path folder;

    @Test
    void theExampleOfTheClientRuns() throws Exception {
        Reply stored = Reply.of(201, "{\"uuid\":\"" + V + "\",\"timestamp\":7}");
        Reply value = Reply.of(200, "{\"name\":\"Ada L.\"}")
                .with(Headers.ETAG, "\"" + V + ".raw\"")
                .with(Headers.TIMESTAMP, "7");
        Reply children = Reply.of(200, "{\"path\":\"users\",\"children\":[],\"total\":0,\"truncated\":false}");
        try (ScriptedServer server = new ScriptedServer(stored, stored, value, children)) {
            run(example("KvsClient").replace("http://127.0.0.1:8080", server.address()));
            assertThat(server.requests())
                    .extracting(ScriptedServer.Request::line)
                    .containsExactly(
                            "PUT /kv/users/ada?raw",
                            "PUT /kv/users/ada?raw",
                            "GET /kv/users/ada?raw",
                            "GET /kv/users/_ls?limit=100");
        }
    }

    @Test
    void theExampleOfTheBuilderRuns() throws Exception {
        run("String token = \"t\";\n" + example("KvsClientBuilder") + "kvs.close();");
    }

    @Test
    void theExampleOfTheAccessClientRuns() throws Exception {
        String user = """
            {"name":"ada","uuid":"%s","scopes":[],"groups":[],"password":true,"disabled":false,"created_at":7}\
            """.formatted(V);
        String token = """
            {"id":"%s","user":"ada","label":"","scopes":[],"issued_at":1,"expires_at":2,"token":"a.b.c"}\
            """.formatted(V);
        try (ScriptedServer server = new ScriptedServer(
                Reply.of(201, user), Reply.of(201, token), Reply.of(200, "{\"allowed\":true,\"rule\":\"owner\"}"))) {
            run("KvsClient kvs = KvsClient.connect(\"" + server.address() + "\");\nString password = \"p\";\n"
                    + example("AccessClient") + "kvs.close();");
            assertThat(server.requests())
                    .extracting(ScriptedServer.Request::line)
                    .containsExactly(
                            "POST /auth/users",
                            "POST /auth/login",
                            "GET /auth/can?user=ada&verb=write&key=recipes%2Fcrepes");
        }
    }

    private static String example(String type) throws Exception {
        String source = Files.readString(Path.of("src/main/java/dev/kvs/client/" + type + ".java"));
        int start = source.indexOf("<pre>{@code") + "<pre>{@code".length();
        return source.substring(start, source.indexOf("}</pre>", start))
                .lines()
                .map(line -> line.replaceFirst("^ \\* ?", ""))
                .collect(Collectors.joining("\n"));
    }

    private void run(String statements) throws Exception {
        Path source = folder.resolve("Example.java");
        Files.writeString(
                source,
                "import dev.kvs.client.*;\nimport dev.kvs.wire.*;\nimport java.time.Duration;\nimport java.util.List;\n"
                        + "public class Example {\n  public static void main(String[] args) {\n" + statements
                        + "\n  }\n}\n");
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter complaints = new StringWriter();
        List<String> options = List.of("-d", folder.toString(), "-classpath", classpath(), "-proc:none");
        try (var files = compiler.getStandardFileManager(null, null, null)) {
            boolean compiles = compiler.getTask(
                            complaints, files, null, options, null, files.getJavaFileObjects(source))
                    .call();
            assertThat(compiles).as(statements + complaints).isTrue();
        }
        try (URLClassLoader loader = new URLClassLoader(
                new URL[] {folder.toUri().toURL()}, getClass().getClassLoader())) {
            loader.loadClass("Example").getMethod("main", String[].class).invoke(null, (Object) new String[0]);
        }
    }

    private static String classpath() {
        return Stream.of(KvsClient.class, ObjectMapper.class, JsonFactory.class, JsonProperty.class)
                .map(JavadocExampleTest::location)
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static String location(Class<?> type) {
        try {
            return Path.of(type.getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .toString();
        } catch (URISyntaxException unusable) {
            throw new AssertionError(unusable);
        }
    }
}
