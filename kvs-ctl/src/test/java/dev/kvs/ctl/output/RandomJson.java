package dev.kvs.ctl.output;

import java.util.List;
import java.util.Random;

/** Random documents from names, strings and numbers that make trouble, with random white space. */
final class RandomJson {
    private static final List<String> NAMES = List.of("a", "b", "0", "1", "", "a/b", "m~n", "yes", "ü");

    static final List<String> STRINGS = List.of(
            "",
            "a",
            "no",
            "true",
            "null",
            "1",
            "1e3",
            "-",
            "- a",
            "a: b",
            "a #b",
            "#",
            "&a",
            "*a",
            "!t",
            "|",
            ">",
            "%x",
            "@y",
            "`z",
            "'q'",
            "{",
            "[x",
            "?",
            "? k",
            "~",
            "<<",
            "=",
            ".inf",
            "0x1f",
            "0o7",
            "1_000",
            "12:30:45",
            "2001-01-01",
            " lead",
            "trail ",
            "a  b",
            "tab\\there",
            "line\\nfeed",
            "quote\\\"d",
            "back\\\\slash",
            "slash\\/",
            "\\u0000\\u001f\\u007f",
            "\\ud83d\\ude00",
            "日本",
            "\u0085\u2028\u2029",
            "\ufeff",
            "---",
            "...",
            "a:",
            ":a",
            "Null",
            "NaN");

    private static final List<String> SCALARS =
            List.of("0", "-1", "1.50", "true", "false", "null", "12345678901234567890");

    private RandomJson() {}

    static String document(Random random, int depth) {
        String space = " \n\t".substring(0, random.nextInt(3));
        int kind = random.nextInt(depth == 0 ? 2 : 4);
        return space
                + switch (kind) {
                    case 0 -> '"' + STRINGS.get(random.nextInt(STRINGS.size())) + '"';
                    case 1 -> SCALARS.get(random.nextInt(SCALARS.size()));
                    case 2 -> array(random, depth - 1);
                    default -> object(random, depth - 1);
                }
                + space;
    }

    private static String array(Random random, int depth) {
        StringBuilder text = new StringBuilder("[");
        for (int i = random.nextInt(4); i > 0; i--) {
            text.append(document(random, depth)).append(i == 1 ? "" : ",");
        }
        return text.append(']').toString();
    }

    private static String object(Random random, int depth) {
        StringBuilder text = new StringBuilder("{");
        int first = random.nextInt(NAMES.size());
        int count = random.nextInt(4);
        for (int i = 0; i < count; i++) {
            String name = NAMES.get((first + i) % NAMES.size());
            text.append(i == 0 ? "" : ",")
                    .append('"')
                    .append(name)
                    .append("\" :")
                    .append(document(random, depth));
        }
        return text.append('}').toString();
    }

    static String pointer(Random random) {
        StringBuilder pointer = new StringBuilder();
        for (int i = random.nextInt(4); i > 0; i--) {
            String name = NAMES.get(random.nextInt(NAMES.size()));
            pointer.append('/').append(name.replace("~", "~0").replace("/", "~1"));
        }
        return pointer.toString();
    }
}
