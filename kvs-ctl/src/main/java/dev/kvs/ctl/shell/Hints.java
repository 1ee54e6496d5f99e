package dev.kvs.ctl.shell;

import dev.kvs.ctl.command.Commands;
import dev.kvs.ctl.command.GlobalOptions;
import dev.kvs.ctl.completion.Position;
import java.util.List;
import java.util.stream.Collectors;
import org.jline.reader.LineReader;
import org.jline.reader.impl.DefaultHighlighter;
import org.jline.utils.AttributedString;
import picocli.CommandLine.Model.ArgSpec;

/** Says behind the cursor, in a faint style, which arguments the command that is being typed still takes. */
final class Hints extends DefaultHighlighter {
    /** JLine takes the first word of a hint for the one that is being typed and leaves it out. */
    private static final String BEING_TYPED = "_ ";

    private final Commands commands;

    Hints(Commands commands) {
        this.commands = commands;
    }

    /** JLine asks for this whenever the line has changed, just before it shows the line and the hint behind it. */
    @Override
    public AttributedString highlight(LineReader reader, String buffer) {
        reader.setTailTip(after(buffer));
        return super.highlight(reader, buffer);
    }

    private String after(String line) {
        List<String> words = new ShellWords(line).words();
        if (words.isEmpty() || !commands.names().anyMatch(words.getFirst()::equals)) {
            return "";
        }
        String hint = new Position(commands.named(new GlobalOptions(), words), words)
                .missing().stream().map(Hints::label).collect(Collectors.joining(" "));
        return hint.isEmpty() || line.endsWith(" ") ? hint : BEING_TYPED + hint;
    }

    private static String label(ArgSpec argument) {
        return argument.arity().min() == 0 ? "[" + argument.paramLabel() + "]" : argument.paramLabel();
    }
}
