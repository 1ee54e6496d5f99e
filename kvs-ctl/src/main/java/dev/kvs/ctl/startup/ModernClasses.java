package dev.kvs.ctl.startup;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFileVersion;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collections;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;

/**
 * Gives the classes of a jar the class file format of Java 8: {@code ModernClasses JAR}, in place.
 *
 * <p>picocli is compiled for Java 5. The JVM's start-up cache leaves classes of that age out, because they have no stack
 * maps and must be verified by inference; so each start of kvsctl loaded and verified 170 of them anew, which was nearly
 * half its time. Nothing but the format changes: same members, same instructions, stack maps added. A jar whose classes
 * are young enough is left alone.
 */
public final class ModernClasses {
    /** Java 8: the first version whose classes must have stack maps. */
    private static final int MODERN = ClassFile.JAVA_8_VERSION;

    private ModernClasses() {}

    /** Rewrites the jar that is the one argument. */
    public static void main(String[] args) throws IOException {
        Path jar = Path.of(args[0]).toAbsolutePath();
        Path rewritten = Files.createTempFile(jar.getParent(), "modern", ".tmp");
        try {
            rewrite(jar, rewritten);
            Files.move(rewritten, jar, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(rewritten);
        }
    }

    private static void rewrite(Path jar, Path target) throws IOException {
        try (JarFile source = new JarFile(jar.toFile());
                URLClassLoader classes =
                        new URLClassLoader(new URL[] {jar.toUri().toURL()});
                OutputStream file = Files.newOutputStream(target);
                JarOutputStream out = new JarOutputStream(file)) {
            // A new constant pool makes the library write every method anew, and work out its stack maps.
            ClassFile format = ClassFile.of(
                    ClassFile.ConstantPoolSharingOption.NEW_POOL,
                    ClassFile.StackMapsOption.GENERATE_STACK_MAPS,
                    ClassFile.ClassHierarchyResolverOption.of(ClassHierarchyResolver.ofResourceParsing(classes)
                            .orElse(ClassHierarchyResolver.defaultResolver())));
            for (JarEntry entry : Collections.list(source.entries())) {
                byte[] bytes = source.getInputStream(entry).readAllBytes();
                out.putNextEntry(new JarEntry(entry.getName()));
                out.write(entry.getName().endsWith(".class") ? modern(format, bytes) : bytes);
            }
        }
    }

    private static byte[] modern(ClassFile format, byte[] bytes) {
        ClassModel old = format.parse(bytes);
        if (old.majorVersion() >= MODERN) {
            return bytes;
        }
        ClassTransform instructions = ClassTransform.transformingMethodBodies((code, element) -> code.with(element));
        return format.transformClass(old, instructions.andThen((type, element) -> {
            if (element instanceof ClassFileVersion) {
                type.withVersion(MODERN, 0);
            } else {
                type.with(element);
            }
        }));
    }
}
