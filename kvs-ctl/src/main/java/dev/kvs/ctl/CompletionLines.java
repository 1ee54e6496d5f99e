package dev.kvs.ctl;

import dev.kvs.ctl.command.GlobalOptions;
import dev.kvs.ctl.command.Names;
import dev.kvs.ctl.command.Place;
import dev.kvs.ctl.command.Session;
import dev.kvs.ctl.completion.Candidate;
import dev.kvs.ctl.completion.Completion;
import dev.kvs.ctl.output.ExitCode;
import dev.kvs.ctl.output.Failure;
import dev.kvs.ctl.output.Output;
import dev.kvs.ctl.output.Streams;
import java.util.List;
import java.util.Map;

/**
 * What the completion scripts of bash, zsh and fish call: {@code kvsctl __complete WORD... PARTIAL}. Prints a line for each
 * candidate, a tab and a description behind it; {@code :files} as the last line when names of files are meant, and {@code
 * :nospace} when more of the same word may follow.
 */
final class CompletionLines {
    /** No command: nobody types it. */
    static final String WORD = "__complete";

    private CompletionLines() {}

    /** Prints the candidates and succeeds; nothing when they cannot be found. */
    static int print(List<String> words, Streams streams, Map<String, String> environment) {
        if (words.isEmpty()) {
            return ExitCode.OK.code();
        }
        GlobalOptions options = new GlobalOptions();
        try (Session session = new Session(options, streams, environment)) {
            Completion completion =
                    new Completion(Kvsctl.commands(session, environment), options, new Names(session, Place.ROOT));
            Completion.Found found = completion.find(words.subList(0, words.size() - 1), words.getLast());
            print(found, session.output());
        } catch (Failure silent) {
            // Somebody is typing: this is no moment to complain about a configuration.
            return ExitCode.OK.code();
        }
        return ExitCode.OK.code();
    }

    private static void print(Completion.Found found, Output output) {
        for (Candidate candidate : found.candidates()) {
            // A line break in a name would be two names.
            if (candidate.text().chars().noneMatch(Character::isISOControl)) {
                String description = candidate.description();
                output.print(description.isEmpty() ? candidate.text() : candidate.text() + "\t" + description);
            }
        }
        if (found.files()) {
            output.print(":files");
        } else if (found.candidates().stream().anyMatch(Candidate::goesOn)) {
            output.print(":nospace");
        }
    }
}
