package dev.kvs.ctl.output;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A row of values under columns, as a JSON object. */
final class Fields {
    private Fields() {}

    /** An object of the columns' fields. What is null is left out, as everywhere in the API. */
    static String json(List<Column> columns, @Nullable Object... values) {
        JsonText json = new JsonText().open('{');
        for (int i = 0; i < values.length; i++) {
            if (values[i] != null) {
                json.field(columns.get(i).field(), values[i]);
            }
        }
        return json.close('}').toString();
    }
}
