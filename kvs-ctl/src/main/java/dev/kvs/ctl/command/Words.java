package dev.kvs.ctl.command;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import picocli.CommandLine.Model.IGetter;
import picocli.CommandLine.Model.ISetter;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** The flags and arguments of a {@link SelfDescribed} command. */
final class Words {
    private Words() {}

    /** A flag without a value. */
    static OptionSpec.Builder flag(Consumer<Boolean> target, String description, String... names) {
        return OptionSpec.builder(names)
                .type(boolean.class)
                .initialValue(false)
                .description(description)
                .setter(new Setter<>(Boolean.class, target));
    }

    /** A flag with a value; its label says what that is. */
    static OptionSpec.Builder option(Consumer<String> target, String label, String description, String... names) {
        return OptionSpec.builder(names)
                .type(String.class)
                .paramLabel(label)
                .description(description)
                .setter(new Setter<>(String.class, target));
    }

    /** A flag with a value that may be given several times. */
    static OptionSpec.Builder list(
            Supplier<List<String>> values,
            Consumer<List<String>> target,
            String label,
            String description,
            String... names) {
        Collected binding = new Collected(values, target);
        return OptionSpec.builder(names)
                .type(List.class)
                .auxiliaryTypes(String.class)
                .initialValue(List.of())
                .paramLabel(label)
                .description(description)
                .getter(binding)
                .setter(binding);
    }

    /** An argument that has to be given; the first has the index 0. */
    static PositionalParamSpec argument(Consumer<String> target, int index, String label, String description) {
        return PositionalParamSpec.builder()
                .index(Integer.toString(index))
                .arity("1")
                .required(true)
                .type(String.class)
                .initialValue("")
                .paramLabel(label)
                .description(description)
                .setter(new Setter<>(String.class, target))
                .build();
    }

    private record Setter<V>(Class<V> type, Consumer<V> target) implements ISetter {
        @Override
        public <T> T set(T value) {
            target.accept(type.cast(value));
            return value;
        }
    }

    /** The signatures are picocli's. */
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private record Collected(Supplier<List<String>> values, Consumer<List<String>> target) implements IGetter, ISetter {
        @Override
        public <T> T get() {
            return (T) values.get();
        }

        @Override
        public <T> T set(T value) {
            target.accept((List<String>) value);
            return value;
        }
    }
}
