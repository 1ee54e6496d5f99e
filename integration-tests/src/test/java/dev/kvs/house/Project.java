package dev.kvs.house;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The project as the rules see it: its sources, and the classes that it ships. */
record Project(Path root) {
    /** The project that this test belongs to, found from the folder it runs in. */
    static Project here() {
        Path folder = Path.of("").toAbsolutePath();
        while (folder != null && !Files.isDirectory(folder.resolve("kvs-client"))) {
            folder = folder.getParent();
        }
        if (folder == null) {
            throw new IllegalStateException("run this test inside the project");
        }
        return new Project(folder);
    }

    /** Every Java source of every module, product and tests. */
    List<SourceFile> sources() throws IOException {
        return files(".java").stream().map(this::source).toList();
    }

    /** The build description of every module, without that of the parent. */
    List<SourceFile> modulePoms() throws IOException {
        return files("pom.xml").stream()
                .filter(file -> !file.getParent().equals(root))
                .map(this::source)
                .toList();
    }

    /** The classes of all modules, tests left out. */
    static JavaClasses shippedClasses() {
        return new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("dev.kvs");
    }

    private List<Path> files(String suffix) throws IOException {
        try (var walk = Files.walk(root)) {
            return walk.filter(file -> file.toString().endsWith(suffix))
                    .filter(file -> !root.relativize(file).toString().matches("(.*/)?(target|\\.git)/.*"))
                    .filter(Files::isRegularFile)
                    .sorted()
                    .toList();
        }
    }

    private SourceFile source(Path file) {
        try {
            return new SourceFile(root.relativize(file).toString().replace('\\', '/'), Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
