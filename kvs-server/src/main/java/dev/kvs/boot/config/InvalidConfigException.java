package dev.kvs.boot.config;

import java.util.List;

/** A configuration that cannot be used, with everything that is wrong with it. */
public final class InvalidConfigException extends Exception {
    private final transient List<ConfigProblem> problems;

    /** Reports them all, at least one. */
    public InvalidConfigException(List<ConfigProblem> problems) {
        super(report(problems));
        this.problems = List.copyOf(problems);
    }

    /** At least one. */
    public List<ConfigProblem> problems() {
        return problems;
    }

    private static String report(List<ConfigProblem> problems) {
        StringBuilder report = new StringBuilder("The configuration cannot be used: ")
                .append(problems.size() == 1 ? "one problem." : problems.size() + " problems.");
        for (ConfigProblem problem : problems) {
            report.append(System.lineSeparator()).append("  - ").append(problem);
        }
        return report.toString();
    }
}
