package dev.kvs.ctl.startup;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.classfile.ClassFile;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collections;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class ModernClassesTest {
    @TempDir
    Path directory;

    @Test
    void everyClassOfPicocliPassesTheVerifierInTheNewFormat() throws Exception {
        Path original = Path.of(CommandLine.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        Path jar = directory.resolve("picocli.jar");
        Files.copy(original, jar, StandardCopyOption.REPLACE_EXISTING);
        ModernClasses.main(new String[] {jar.toString()});
        try (JarFile rewritten = new JarFile(jar.toFile());
                URLClassLoader loader =
                        new URLClassLoader(new URL[] {jar.toUri().toURL()}, ClassLoader.getPlatformClassLoader())) {
            int classes = 0;
            for (JarEntry entry : Collections.list(rewritten.entries())) {
                String name = entry.getName();
                if (!name.startsWith("picocli/") || !name.endsWith(".class") || name.contains("groovy")) {
                    continue;
                }
                byte[] bytes = rewritten.getInputStream(entry).readAllBytes();
                assertThat(ClassFile.of().parse(bytes).majorVersion()).as(name).isGreaterThanOrEqualTo(52);
                assertThat(ClassFile.of().verify(bytes)).as(name).isEmpty();
                Class.forName(
                        name.substring(0, name.length() - ".class".length()).replace('/', '.'), true, loader);
                classes++;
            }
            assertThat(classes).isGreaterThan(100);
        }
        long size = Files.size(jar);
        ModernClasses.main(new String[] {jar.toString()});
        assertThat(Files.size(jar)).as("a second pass changes nothing").isEqualTo(size);
    }
}
