package dev.kvs.house;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Rules that need no more than the text of a file. */
final class TextRules {
    /** A file is about one thing; what needs more lines than this is about two. */
    static final int FILE_LINES_MAX = 400;

    // Put together from halves, so that this file does not break its own rule.
    private static final Pattern UNFINISHED = Pattern.compile("\\b(" + "TO" + "DO|FIX" + "ME|X" + "XX)\\b");
    private static final Pattern PACKAGE_COMMENT = Pattern.compile("/\\*\\*.{40,}?\\*/", Pattern.DOTALL);
    private static final Pattern VERSION = Pattern.compile("<version>([^<]*)</version>");

    private TextRules() {}

    static List<Breach> fileLength(SourceFile file) {
        long lines = file.text().lines().count();
        return lines <= FILE_LINES_MAX
                ? List.of()
                : List.of(file.breach(
                        lines,
                        "the file has %d lines, %d are allowed: it is about more than one thing"
                                .formatted(lines, FILE_LINES_MAX)));
    }

    static List<Breach> unfinishedWork(SourceFile file) {
        List<Breach> breaches = new ArrayList<>();
        List<String> lines = file.text().lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            Matcher mark = UNFINISHED.matcher(lines.get(i));
            if (mark.find()) {
                breaches.add(
                        file.breach(i + 1, mark.group() + ": finish it, or open an issue and say here why it waits"));
            }
        }
        return breaches;
    }

    /** Every package of the product has a package-info that is null-marked and says what the room is for. */
    static List<Breach> packagesExplained(List<SourceFile> sources) {
        Map<String, SourceFile> explained = new HashMap<>();
        for (SourceFile file : sources) {
            if (file.isPackageInfo()) {
                explained.put(file.directory(), file);
            }
        }
        List<Breach> breaches = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (SourceFile file : sources) {
            if (!file.isTest() && !file.isPackageInfo() && seen.add(file.directory())) {
                SourceFile info = explained.get(file.directory());
                if (info == null) {
                    breaches.add(new Breach(file.directory(), "has no package-info.java"));
                } else {
                    breaches.addAll(packageInfo(info));
                }
            }
        }
        return breaches;
    }

    private static List<Breach> packageInfo(SourceFile info) {
        List<Breach> breaches = new ArrayList<>();
        if (!info.text().contains("@NullMarked")) {
            breaches.add(info.breach(1, "is not @NullMarked, so NullAway does not look at the package"));
        }
        if (!PACKAGE_COMMENT.matcher(info.text()).find()) {
            breaches.add(info.breach(1, "does not say what the room is for"));
        }
        return breaches;
    }

    /** Versions are pinned in the parent: a module names one version, that of its parent. */
    static List<Breach> versionsInOnePlace(SourceFile pom) {
        List<String> versions = VERSION.matcher(pom.text())
                .results()
                .map(found -> found.group(1))
                .skip(1)
                .toList();
        return versions.isEmpty()
                ? List.of()
                : List.of(new Breach(pom.path(), "pins " + versions + ": versions belong into the parent pom.xml"));
    }
}
