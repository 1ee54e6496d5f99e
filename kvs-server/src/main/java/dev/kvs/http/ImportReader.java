package dev.kvs.http;

import dev.kvs.model.KvsException;
import dev.kvs.model.Version;
import dev.kvs.wire.ErrorCode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Takes the documents out of an import, one at a time, however many there are. The input is a sequence of objects, one a line
 * or over several lines, of two kinds:
 *
 * <pre>{@code
 * {"key":"users/ada","uuid":"0192...","timestamp":1760000000000,"data":{"name":"Ada"}}    a line of an export
 * {"users/ada":{"name":"Ada"},"users/bob":{"name":"Bob"}}                                 keys and their documents
 * }</pre>
 *
 * <p>An object is a line of an export when it has a {@code key}, which is a text, and no members but those of such a line.
 */
final class ImportReader {
    private static final String KEY = "key";
    private static final String DATA = "data";
    private static final String TIMESTAMP = "timestamp";
    private static final String EXPIRES_AT = "expires_at";
    private static final Set<String> LINE_MEMBERS = Set.of(KEY, "uuid", TIMESTAMP, DATA, EXPIRES_AT);

    /** Names of one object that are remembered to find one that is there twice; beyond, the later one counts. */
    private static final int NAMES_MAX = 10_000;

    private final JsonScanner scanner;
    private final StrictJson documents = new StrictJson(StrictJson.DEPTH_MAX);
    private final int maxJsonBytes;
    private final Deque<Entry> ready = new ArrayDeque<>();
    private final List<Member> held = new ArrayList<>();
    private final Set<String> names = new HashSet<>();
    private boolean inKeys;
    private long objects;

    /**
     * A document.
     *
     * @param timestamp milliseconds since the epoch; -1 when it is not said
     * @param expiresAt milliseconds since the epoch; {@link Version#NEVER} when it is not said
     * @param line where it ends, from 1
     * @param isLast whether its object ends with it
     */
    record Entry(String key, byte[] json, long timestamp, long expiresAt, long line, boolean isLast) {
        KvsException broken(ErrorCode code, String why) {
            return JsonScanner.broken(code, line, why);
        }
    }

    private record Member(String name, byte[] json) {}

    ImportReader(JsonScanner.Source source, int maxJsonBytes) {
        this.scanner = new JsonScanner(source, maxJsonBytes);
        this.maxJsonBytes = maxJsonBytes;
    }

    /** The next document; null at the end. Throws when the input is broken, and names the line. */
    @Nullable
    Entry next() {
        while (ready.isEmpty()) {
            if (inKeys) {
                member();
            } else if (!object()) {
                return null;
            }
        }
        return ready.poll();
    }

    /** Lines that have been read. */
    long lines() {
        return scanner.lines();
    }

    /** Objects that have begun. */
    long objects() {
        return objects;
    }

    /** Begins an object and reads it as far as it may be a line of an export; false at the end. */
    private boolean object() {
        if (!scanner.hasMore()) {
            return false;
        }
        if (!scanner.take('{')) {
            throw broken("an object is expected: {\"key\":...,\"data\":...}, or keys and their documents");
        }
        objects++;
        held.clear();
        names.clear();
        if (scanner.take('}')) {
            return true;
        }
        while (!inKeys) {
            Member member = readMember();
            held.add(member);
            boolean ends = endsObject();
            if (!LINE_MEMBERS.contains(member.name) || ends) {
                finish(ends);
                return true;
            }
        }
        return true;
    }

    private void finish(boolean ends) {
        if (ends && isLine()) {
            ready.add(line());
        } else {
            for (int i = 0; i < held.size(); i++) {
                ready.add(document(held.get(i), ends && i == held.size() - 1));
            }
            inKeys = !ends;
        }
    }

    /** One more key and its document. */
    private void member() {
        Member member = readMember();
        boolean ends = endsObject();
        ready.add(document(member, ends));
        inKeys = !ends;
    }

    private Member readMember() {
        String name = scanner.name();
        if (names.size() < NAMES_MAX && !names.add(name)) {
            throw broken("the name " + Quoted.of(name) + " stands twice in one object");
        }
        if (!scanner.take(':')) {
            throw broken("':' is expected behind a name");
        }
        return new Member(name, scanner.value());
    }

    private boolean endsObject() {
        if (scanner.take('}')) {
            return true;
        }
        if (!scanner.take(',')) {
            throw broken("',' or '}' is expected behind a value");
        }
        return false;
    }

    private boolean isLine() {
        byte[] key = find(KEY);
        boolean ofLine = held.stream().allMatch(member -> LINE_MEMBERS.contains(member.name));
        if (!ofLine || key == null || key[0] != '"' || held.size() == 1) {
            return false;
        }
        if (find(DATA) == null) {
            throw broken("a line with a \"key\" needs \"data\"");
        }
        return true;
    }

    private Entry line() {
        String key = scanner.text(require(KEY));
        byte[] json = checked(key, require(DATA));
        return new Entry(key, json, number(TIMESTAMP, -1), number(EXPIRES_AT, Version.NEVER), lines(), true);
    }

    private Entry document(Member member, boolean isLast) {
        return new Entry(member.name, checked(member.name, member.json), -1, Version.NEVER, lines(), isLast);
    }

    private byte[] checked(String key, byte[] json) {
        if (json.length > maxJsonBytes) {
            throw scanner.tooLarge();
        }
        try {
            return documents.check(json).bytes();
        } catch (KvsException refusal) {
            throw JsonScanner.broken(
                    refusal.code(), lines(), "in the document of " + Quoted.of(key) + ": " + refusal.detail());
        }
    }

    private byte @Nullable [] find(String name) {
        for (Member member : held) {
            if (member.name.equals(name)) {
                return member.json;
            }
        }
        return null;
    }

    private byte[] require(String name) {
        byte[] json = find(name);
        if (json == null) {
            throw broken("\"" + name + "\" is missing");
        }
        return json;
    }

    private long number(String name, long absent) {
        byte[] json = find(name);
        if (json == null) {
            return absent;
        }
        try {
            long number = Long.parseLong(JsonScanner.latin(json));
            if (number >= 0) {
                return number;
            }
        } catch (NumberFormatException notNumber) {
            throw broken("\"" + name + "\" must be milliseconds since the epoch");
        }
        throw broken("\"" + name + "\" must be milliseconds since the epoch");
    }

    private KvsException broken(String why) {
        return JsonScanner.broken(ErrorCode.INVALID_JSON, lines(), why);
    }
}
