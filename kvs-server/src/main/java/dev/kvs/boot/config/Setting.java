package dev.kvs.boot.config;

/** A key with its value in effect. */
record Setting<T>(ConfigKey<T> key, T value, Source source) {
    /** What a listing shows: never a secret, only whether there is one. */
    SettingView view() {
        String shown = key.type().write(value);
        boolean hidden = key.secret() && source != Source.DEFAULT;
        return new SettingView(key.name(), hidden ? SettingView.MASK : shown, source, key.active());
    }
}
