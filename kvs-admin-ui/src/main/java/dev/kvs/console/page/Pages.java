package dev.kvs.console.page;

import dev.kvs.console.view.Shell;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which page answers where. */
public final class Pages {
    /** The navigation, with the letters that lead there behind a {@code g}. */
    public static final List<Shell.Entry> NAVIGATION = List.of(
            new Shell.Entry("Overview", "/", "o"),
            new Shell.Entry("Keys", "/keys", "k"),
            new Shell.Entry("Conflicts", "/conflicts", "c"),
            new Shell.Entry("Cluster", "/cluster", "l"),
            new Shell.Entry("Convergence", "/convergence", "v"),
            new Shell.Entry("Metrics", "/metrics", "m"),
            new Shell.Entry("Watch", "/watch", "w"),
            new Shell.Entry("Access", "/access", "a"),
            new Shell.Entry("Audit", "/audit", "u"),
            new Shell.Entry("Node", "/node", "n"));

    private final Map<String, Page> pages = new LinkedHashMap<>();

    public Pages() {
        Samples samples = new Samples();
        get("/", new Overview(samples));
        get("/live", visit -> new Outcome.Stream(new LiveFeed(visit)));
        keys();
        cluster(samples);
        access();
    }

    private void cluster(Samples samples) {
        get("/conflicts", new ConflictsPage());
        get("/conflict", new ConflictView());
        post("/conflicts/seed", ConflictsPage::seed);
        get("/cluster", new ClusterPage());
        get("/convergence", new ConvergencePage());
        get("/convergence/group", new ConvergenceGroup());
        post("/convergence/sync", ConvergencePage::sync);
        get("/metrics", new MetricsPage(samples));
        get("/watch", new WatchPage());
        get("/node", new NodePage());
        post("/node/mode", NodePage::changeMode);
    }

    private void access() {
        get("/access", new AccessPage());
        post("/access/users", AccessChanges::createUser);
        post("/access/users/delete", AccessChanges::deleteUser);
        post("/access/users/disable", AccessChanges::disableUser);
        post("/access/groups", AccessChanges::setGroup);
        post("/access/groups/delete", AccessChanges::deleteGroup);
        post("/access/tokens", AccessChanges::createToken);
        post("/access/tokens/revoke", AccessChanges::revokeToken);
        get("/audit", new AuditPage());
        post("/audit/verify", AuditPage::verify);
    }

    private void keys() {
        KeyEdit edit = new KeyEdit();
        Shelf shelf = new Shelf();
        KeyAccess permissions = new KeyAccess();
        KeysDelete deletion = new KeysDelete();
        get("/keys", new KeysPage(shelf));
        get("/keys/delete", deletion);
        post("/keys/delete", deletion);
        get("/keys/export", ExportFeed::answer);
        KeyView view = new KeyView(shelf);
        get("/key", view);
        post("/key/bookmark", view::bookmark);
        get("/key/access", permissions);
        post("/key/access", permissions);
        get("/key/raw", KeyView::raw);
        get("/key/edit", edit);
        post("/key/edit", edit);
        get("/key/revision", KeyRevisions::revision);
        get("/key/compare", KeyRevisions::compare);
        post("/key/restore", KeyRevisions::restore);
        post("/key/delete", KeyRevisions::delete);
        get("/key/move", KeyMove::ask);
        post("/key/move", KeyMove::move);
    }

    private void get(String path, Page page) {
        pages.put("GET " + path, page);
    }

    private void post(String path, Page page) {
        pages.put("POST " + path, page);
    }

    /** The page that answers; null when there is none. */
    public @Nullable Page find(String method, String path) {
        return pages.get(method + " " + path);
    }

    /** Whether there is a page at all, for another method. */
    public boolean knows(String path) {
        return pages.containsKey("GET " + path) || pages.containsKey("POST " + path);
    }

    /** Methods and paths, for tests that walk them. */
    public List<String> routes() {
        return List.copyOf(pages.keySet());
    }
}
