package dev.kvs.house;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.List;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/**
 * One Java source.
 *
 * @param path from the project's root, with {@code /} between names
 * @param text the whole file
 */
record SourceFile(String path, String text) {
    /** Whether this is code of a test; some rules are for the product alone. */
    boolean isTest() {
        return path.contains("/src/test/");
    }

    boolean isPackageInfo() {
        return path.endsWith("/package-info.java");
    }

    /** The folder, which is also the package. */
    String directory() {
        return path.substring(0, path.lastIndexOf('/'));
    }

    Breach breach(long line, String what) {
        return new Breach(path + ":" + line, what);
    }

    /** The syntax tree as the compiler sees it; names are not resolved. */
    Parsed parse() {
        JavaFileObject source = new SimpleJavaFileObject(URI.create("string:///" + path), JavaFileObject.Kind.SOURCE) {
            @Override
            public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                return text;
            }
        };
        var compiler = ToolProvider.getSystemJavaCompiler();
        // Nothing is resolved, so nothing is looked for: a class path would be searched anew for every file.
        List<String> options = List.of("-proc:none", "-classpath", "", "-processorpath", "");
        var task = (JavacTask) compiler.getTask(null, null, ignored -> {}, options, null, List.of(source));
        try {
            return new Parsed(
                    this, task.parse().iterator().next(), Trees.instance(task).getSourcePositions());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A source with its tree and the way from a tree's node back to its lines. */
    record Parsed(SourceFile file, CompilationUnitTree unit, SourcePositions positions) {
        long firstLine(Tree node) {
            return unit.getLineMap().getLineNumber(positions.getStartPosition(unit, node));
        }

        long lastLine(Tree node) {
            return unit.getLineMap().getLineNumber(positions.getEndPosition(unit, node));
        }
    }
}
