package dev.kvs.http;

import dev.kvs.model.Hlc;
import dev.kvs.model.Key;
import dev.kvs.model.Version;
import dev.kvs.replication.Reader;
import dev.kvs.security.PageTokens;
import dev.kvs.wire.Child;
import dev.kvs.wire.Children;
import dev.kvs.wire.FlatTree;
import dev.kvs.wire.NestedTree;
import dev.kvs.wire.Operation;
import dev.kvs.wire.Parameters;
import dev.kvs.wire.TreeNode;
import dev.kvs.wire.WireJson;
import io.helidon.http.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code _ls} and {@code _tree}: what lies below a prefix. */
final class ListingRoutes {
    /** Levels of a tree: a nested answer must stay readable for JSON parsers, which bound their depth. */
    static final int DEPTH_MAX = 50;

    private static final String FLAT = "json";
    private static final String NESTED = "nested";

    private final Reader reader;
    private final PageTokens pages;

    ListingRoutes(Reader reader, PageTokens pages) {
        this.reader = reader;
        this.pages = pages;
    }

    List<Route> routes() {
        List<Route> routes = new ArrayList<>();
        for (String prefix : List.of("/kv/", "/kv/" + Route.KEY + "/")) {
            routes.add(new Route(
                    "GET",
                    prefix + Operation.LS.segment(),
                    Set.of(Parameters.LIMIT, Parameters.AFTER, Parameters.INCLUDE_METADATA),
                    List.of(),
                    Access.READ,
                    this::list));
            routes.add(new Route(
                    "GET",
                    prefix + Operation.TREE.segment(),
                    Set.of(Parameters.DEPTH, Parameters.LIMIT, Parameters.FORMAT),
                    List.of(),
                    Access.READ,
                    this::tree));
        }
        return routes;
    }

    private void list(Exchange exchange) {
        QueryParameters query = exchange.query();
        int limit = query.number(Parameters.LIMIT, 1, Children.LIMIT_MAX, Children.LIMIT_DEFAULT);
        boolean metadata = query.flag(Parameters.INCLUDE_METADATA);
        String given = query.get(Parameters.AFTER);
        String after = given == null ? null : pages.open(given).orElse(given);
        if (after != null
                && after.equals(given)
                && (after.isEmpty() || hasSlashInside(after) || after.length() > Key.MAX_BYTES)) {
            throw QueryParameters.invalid(Parameters.AFTER, "must be the 'next' of the page before");
        }
        Reader.Children found = reader.seenBy(exchange.rights()).children(exchange.keyOrRoot(), after, limit);
        Children page = new Children(
                path(exchange),
                found.entries().stream().map(child -> wire(child, metadata)).toList(),
                found.totalIsExact() ? (Integer) found.total() : null,
                found.totalIsExact() ? null : (Integer) found.total(),
                found.next() != null,
                sealed(exchange, found.next()));
        Answers.message(exchange, Status.OK_200, WireJson.write(page));
    }

    private @Nullable String sealed(Exchange exchange, @Nullable String next) {
        return next == null || exchange.rights().areUnlimited() ? next : pages.seal(next);
    }

    private static Child wire(Reader.Child child, boolean withMetadata) {
        Version version = child.version();
        Child.Metadata metadata = null;
        if (withMetadata && version != null) {
            byte[] body = version.body();
            metadata = new Child.Metadata(
                    version.uuid(),
                    body == null ? 0 : body.length,
                    version.origin().node().value(),
                    RevisionRoutes.expiresAt(version));
        }
        return new Child(child.name(), timestamp(version), child.directory(), metadata);
    }

    private static @Nullable Long timestamp(@Nullable Version version) {
        return version == null ? null : (Long) Hlc.millis(version.hlc());
    }

    private static String path(Exchange exchange) {
        Key prefix = exchange.keyOrRoot();
        return prefix == null ? "" : prefix.toString();
    }

    private void tree(Exchange exchange) {
        QueryParameters query = exchange.query();
        int depth = query.number(Parameters.DEPTH, 1, DEPTH_MAX, DEPTH_MAX);
        int limit = query.number(Parameters.LIMIT, 1, FlatTree.LIMIT_MAX, FlatTree.LIMIT_DEFAULT);
        String format = query.get(Parameters.FORMAT);
        boolean nested = NESTED.equals(format);
        if (format != null && !nested && !format.equals(FLAT)) {
            throw QueryParameters.invalid(Parameters.FORMAT, "is json or nested, not " + Quoted.of(format));
        }
        Reader.Tree found = reader.seenBy(exchange.rights()).tree(exchange.keyOrRoot(), depth, limit);
        String path = path(exchange);
        Object answer;
        if (nested) {
            answer = new NestedTree(path, nested(found.roots()), found.truncated());
        } else {
            List<FlatTree.Entry> entries = new ArrayList<>();
            flatten(found.roots(), path.isEmpty() ? "" : path + "/", entries);
            answer = new FlatTree(path, entries, found.truncated());
        }
        Answers.message(exchange, Status.OK_200, WireJson.write(answer));
    }

    private static List<TreeNode> nested(List<Reader.TreeNode> nodes) {
        return nodes.stream()
                .map(node -> new TreeNode(node.name(), timestamp(node.version()), nested(node.children())))
                .toList();
    }

    private static void flatten(List<Reader.TreeNode> nodes, String prefix, List<FlatTree.Entry> entries) {
        for (Reader.TreeNode node : nodes) {
            String key = prefix + node.name();
            boolean directory = !node.children().isEmpty() || node.version() == null;
            entries.add(new FlatTree.Entry(key, timestamp(node.version()), directory));
            flatten(node.children(), key + "/", entries);
        }
    }

    /** A token is a child's name; it ends in a slash when the child is only a directory. */
    private static boolean hasSlashInside(String after) {
        int slash = after.indexOf('/');
        return slash >= 0 && slash < after.length() - 1;
    }
}
