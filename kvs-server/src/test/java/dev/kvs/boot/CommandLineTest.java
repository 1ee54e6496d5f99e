package dev.kvs.boot;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class CommandLineTest {
    @Test
    void withoutArgumentsTheUsualFileIsMeant() {
        assertThat(parse()).isEqualTo(new CommandLine.Run(Path.of("config.yaml")));
    }

    @Test
    void anArgumentNamesTheFile() {
        assertThat(parse("other.yaml")).isEqualTo(new CommandLine.Run(Path.of("other.yaml")));
        assertThat(parse("x.yaml", "--check-config")).isEqualTo(new CommandLine.CheckConfig(Path.of("x.yaml")));
        assertThat(parse("--check-config")).isEqualTo(new CommandLine.CheckConfig(Path.of("config.yaml")));
    }

    @Test
    void helpAndVersionHaveTwoNames() {
        assertThat(List.of(parse("--help"), parse("-h"))).containsOnly(new CommandLine.Help());
        assertThat(List.of(parse("--version"), parse("-V"))).containsOnly(new CommandLine.Version());
    }

    @Test
    void whatIsNotKnownIsNamed() {
        assertThat(parse("--prot")).isEqualTo(new CommandLine.Wrong("'--prot' is not an option."));
        assertThat(parse("a.yaml", "b.yaml")).isInstanceOf(CommandLine.Wrong.class);
        assertThat(parse("")).isInstanceOf(CommandLine.Wrong.class);
        assertThat(parse("a\u0000b")).isInstanceOf(CommandLine.Wrong.class);
    }

    private static CommandLine parse(String... arguments) {
        return CommandLine.parse(List.of(arguments));
    }
}
