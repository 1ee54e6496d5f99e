package dev.kvs.boot.config;

/** A key with its value in effect. */
record Setting<T>(ConfigKey<T> key, T value, Source source) {
    /** What a listing shows: never a secret, only whether there is one. */
    SettingView view() {
        boolean hidden = key.secret() && source != Source.DEFAULT;
        return new SettingView(key.name(), hidden ? SettingView.MASK : plain(), source, key.active());
    }

    /** The value in terms of JSON. */
    private Object plain() {
        return switch (key.type()) {
            case Flag _, WholeNumber _, Text _, TextList _ -> value;
            case Span _, Choice<?> _ -> key.type().write(value);
        };
    }
}
