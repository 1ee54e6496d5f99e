package dev.kvs.house;

import com.sun.source.tree.CatchTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.PackageTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreeScanner;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import javax.lang.model.element.Modifier;

/** Rules that need the syntax of a file: what a method, a field, a name is. */
final class TreeRules {
    /** Longer methods do not fit on one screen, and do more than one thing. */
    static final int METHOD_LINES_MAX = 60;

    /** Words that name no thing of the field; the reader learns nothing from them. */
    static final Set<String> EMPTY_WORDS =
            Set.of("Impl", "Manager", "Helper", "Helpers", "Util", "Utils", "Base", "Common", "Misc");

    private static final Pattern WORD_STARTS = Pattern.compile("(?=\\p{Lu})");

    private TreeRules() {}

    static List<Breach> methodLength(SourceFile file) {
        return new Rule(file) {
            @Override
            public Void visitMethod(MethodTree method, Void unused) {
                long lines = source.lastLine(method) - source.firstLine(method) + 1;
                if (lines > METHOD_LINES_MAX) {
                    report(
                            method,
                            "the method %s has %d lines, %d are allowed"
                                    .formatted(method.getName(), lines, METHOD_LINES_MAX));
                }
                return super.visitMethod(method, unused);
            }
        }.breaches();
    }

    static List<Breach> emptyNames(SourceFile file) {
        return new Rule(file) {
            @Override
            public Void visitPackage(PackageTree declared, Void unused) {
                for (String segment : declared.getPackageName().toString().split("\\.")) {
                    EMPTY_WORDS.stream()
                            .filter(segment::equalsIgnoreCase)
                            .forEach(word -> report(declared, "a package named " + segment + " says nothing"));
                }
                return super.visitPackage(declared, unused);
            }

            @Override
            public Void visitClass(ClassTree type, Void unused) {
                Arrays.stream(WORD_STARTS.split(type.getSimpleName().toString()))
                        .filter(EMPTY_WORDS::contains)
                        .forEach(word -> report(
                                type,
                                type.getSimpleName() + ": \"" + word
                                        + "\" says nothing; use the field's word for what it is"));
                return super.visitClass(type, unused);
            }
        }.breaches();
    }

    static List<Breach> emptyCatch(SourceFile file) {
        return new Rule(file) {
            @Override
            public Void visitCatch(CatchTree caught, Void unused) {
                if (caught.getBlock().getStatements().isEmpty()) {
                    report(caught, "an empty catch hides a failure: handle it, rethrow it, or record it");
                }
                return super.visitCatch(caught, unused);
            }
        }.breaches();
    }

    /** State that belongs to nobody: static fields that change, and locks on a class. */
    static List<Breach> mutableStatics(SourceFile file) {
        return new Rule(file) {
            @Override
            public Void visitClass(ClassTree type, Void unused) {
                for (Tree member : type.getMembers()) {
                    if (member instanceof VariableTree field
                            && isMutableStatic(field.getModifiers().getFlags())) {
                        report(field, "the static field " + field.getName() + " can change: give it an owner");
                    }
                }
                return super.visitClass(type, unused);
            }

            @Override
            public Void visitMethod(MethodTree method, Void unused) {
                if (method.getModifiers().getFlags().containsAll(Set.of(Modifier.STATIC, Modifier.SYNCHRONIZED))) {
                    report(method, "a lock on a class is shared by everything: give the state an owner");
                }
                return super.visitMethod(method, unused);
            }
        }.breaches();
    }

    static List<Breach> sleepingTests(SourceFile file) {
        return new Rule(file) {
            @Override
            public Void visitMethodInvocation(MethodInvocationTree call, Void unused) {
                if (source.file().isTest()
                        && call.getMethodSelect()
                                .toString()
                                .matches("((java\\.lang\\.)?Thread|TimeUnit\\.\\w+)\\.sleep")) {
                    report(call, "a test does not sleep: await the condition, with a deadline");
                }
                return super.visitMethodInvocation(call, unused);
            }
        }.breaches();
    }

    private static boolean isMutableStatic(Set<Modifier> modifiers) {
        return modifiers.contains(Modifier.STATIC) && !modifiers.contains(Modifier.FINAL);
    }

    /** Walks one file and collects what it reports. */
    private abstract static class Rule extends TreeScanner<Void, Void> {
        final SourceFile.Parsed source;
        private final List<Breach> breaches = new ArrayList<>();

        Rule(SourceFile file) {
            source = file.parse();
        }

        void report(Tree node, String what) {
            breaches.add(source.file().breach(source.firstLine(node), what));
        }

        List<Breach> breaches() {
            scan(source.unit(), null);
            return List.copyOf(breaches);
        }
    }
}
