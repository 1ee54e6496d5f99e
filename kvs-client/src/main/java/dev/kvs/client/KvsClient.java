package dev.kvs.client;

import dev.kvs.wire.AuditEntries;
import dev.kvs.wire.AuditReport;
import dev.kvs.wire.BatchOperation;
import dev.kvs.wire.BatchResult;
import dev.kvs.wire.Child;
import dev.kvs.wire.Children;
import dev.kvs.wire.ConfigReport;
import dev.kvs.wire.ConflictPage;
import dev.kvs.wire.ConflictReport;
import dev.kvs.wire.Convergence;
import dev.kvs.wire.Explanation;
import dev.kvs.wire.FlatTree;
import dev.kvs.wire.HealthReport;
import dev.kvs.wire.History;
import dev.kvs.wire.ImportMode;
import dev.kvs.wire.ImportReport;
import dev.kvs.wire.JoinReport;
import dev.kvs.wire.JoinRequest;
import dev.kvs.wire.LeaveReport;
import dev.kvs.wire.MediaTypes;
import dev.kvs.wire.MemberInfo;
import dev.kvs.wire.MerkleLeaves;
import dev.kvs.wire.MerkleLeavesRequest;
import dev.kvs.wire.MerkleNodes;
import dev.kvs.wire.MerkleNodesRequest;
import dev.kvs.wire.MerkleRoot;
import dev.kvs.wire.ModeReport;
import dev.kvs.wire.ModeRequest;
import dev.kvs.wire.NestedTree;
import dev.kvs.wire.Operation;
import dev.kvs.wire.Parameters;
import dev.kvs.wire.Paths;
import dev.kvs.wire.Query;
import dev.kvs.wire.RangePage;
import dev.kvs.wire.RestoreRequest;
import dev.kvs.wire.Rival;
import dev.kvs.wire.SeedRequest;
import dev.kvs.wire.SyncStatus;
import dev.kvs.wire.WireJson;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A node, or a cluster, as typed methods. Safe for use by many threads; every method blocks until the answer is complete
 * and is cheap on virtual threads. Documents are JSON texts and travel verbatim.
 *
 * <pre>{@code
 * try (KvsClient kvs = KvsClient.connect("http://127.0.0.1:8080")) {
 *     Written first = kvs.put("users/ada", "{\"name\":\"Ada\"}");
 *     kvs.put("users/ada", "{\"name\":\"Ada L.\"}", WriteOptions.NONE.withIfMatch(first.uuid()));
 *     Value ada = kvs.get("users/ada").orElseThrow();
 *     System.out.println(ada.text() + " written " + ada.writtenAt());
 *     kvs.children("users").map(Child::subkey).forEach(System.out::println);
 * } catch (KvsClientException.Refused refused) {
 *     System.err.println(refused.code() + ": " + refused.detail());
 * }
 * }</pre>
 *
 * <p><b>Retries.</b> A read goes to the next server when one fails, and all are asked again after a growing, jittered
 * wait. A write is sent once: only when it never left this machine does the next server get it. With an idempotency key
 * ({@link WriteOptions#repeatable}) it is repeated at the same server, the one that remembers the key.
 *
 * <p><b>Errors.</b> Every method throws {@link KvsClientException}, and {@link IllegalArgumentException} for a key that
 * cannot be sent (see {@link Paths#key}). Nothing stored is an empty {@link Optional}, not an error.
 */
public final class KvsClient implements AutoCloseable {
    private final ClientSettings settings;
    private final Transport transport;

    KvsClient(ClientSettings settings, Pacing pacing) {
        this.settings = settings;
        this.transport = new Transport(settings, pacing);
    }

    /** A client with the default settings. Does not connect before the first call. */
    public static KvsClient connect(String... servers) {
        return builder(servers).build();
    }

    /** Begins a client with settings of its own for the nodes at these base URLs, tried in this order. */
    public static KvsClientBuilder builder(String... servers) {
        return new KvsClientBuilder(List.of(servers));
    }

    /** Stores a JSON text under a key. */
    public Written put(String key, String json) {
        return put(key, json, WriteOptions.NONE);
    }

    /** Stores a JSON text under a key. */
    public Written put(String key, String json, WriteOptions options) {
        return put(key, json.getBytes(StandardCharsets.UTF_8), options);
    }

    /** Stores JSON, given as UTF-8 that must not change meanwhile, under a key. */
    public Written put(String key, byte[] json, WriteOptions options) {
        return Answers.written(transport.send(Writes.put(key, json, options)));
    }

    /** Stores an object as the JSON that {@link KvsClientBuilder#mapper} makes of it. */
    public Written putObject(String key, Object value, WriteOptions options) {
        return put(key, Writes.json(settings.mapper(), value), options);
    }

    /** The document under a key with its version. */
    public Optional<Value> get(String key) {
        return Answers.value(key, transport.send(Reads.value(key, new Query())));
    }

    /** The document under a key as an object, made by {@link KvsClientBuilder#mapper}. */
    public <T> Optional<T> get(String key, Class<T> type) {
        Answer answer = transport.send(Reads.value(key, new Query()));
        return Answers.value(key, answer).map(value -> Answers.object(answer, settings.mapper(), type));
    }

    /** The bytes of the document under a key, exactly as stored. */
    public Optional<byte[]> getRaw(String key) {
        return get(key).map(value -> value.json().utf8());
    }

    /** All about the document under a key but itself. */
    public Optional<ValueInfo> head(String key) {
        return Answers.info(key, transport.send(Reads.info(key)));
    }

    /** Whether something is stored under a key. */
    public boolean exists(String key) {
        return head(key).isPresent();
    }

    /** Deletes a key; succeeds when nothing is stored there, too. Gives how many nodes hold the delete durably. */
    public int delete(String key) {
        return delete(key, WriteOptions.NONE);
    }

    /** Deletes a key; succeeds when nothing is stored there, too. Gives how many nodes hold the delete durably. */
    public int delete(String key, WriteOptions options) {
        return Answers.deleted(transport.send(Call.write("DELETE", Paths.key(key) + Writes.queryWithoutTtl(options))
                .headers(Writes.headers(options))));
    }

    /** Changes a document by an RFC 7396 merge patch: members given replace, {@code null} removes. */
    public Written mergePatch(String key, String patch, WriteOptions options) {
        return patch(key, MediaTypes.MERGE_PATCH, patch, options);
    }

    /** Changes a document by an RFC 6902 JSON patch: a list of operations. */
    public Written jsonPatch(String key, String patch, WriteOptions options) {
        return patch(key, MediaTypes.JSON_PATCH, patch, options);
    }

    private Written patch(String key, String mediaType, String patch, WriteOptions options) {
        return Answers.written(transport.send(Call.write("PATCH", Paths.key(key) + Writes.queryWithoutTtl(options))
                .headers(Writes.headers(options))
                .body(mediaType, patch.getBytes(StandardCharsets.UTF_8))));
    }

    /** The kept revisions of a key, the winner first; empty when this node has never seen the key. */
    public Optional<History> history(String key) {
        return Answers.found(transport.send(Call.read(Paths.keyOperation(key, Operation.HISTORY))), History.class);
    }

    /** One kept revision of a key; empty when it is not kept, or has no document. */
    public Optional<Value> revision(String key, UUID revision) {
        return Answers.value(key, transport.send(Reads.value(key, new Query().with(Parameters.REVISION, revision))));
    }

    /** A key as of a moment, to the millisecond. */
    public AsOf at(String key, Instant moment) {
        return Answers.asOf(
                key, transport.send(Reads.value(key, new Query().with(Parameters.AT, moment.toEpochMilli()))));
    }

    /** Writes a revision's document again, as a new version. */
    public Written restore(String key, UUID revision, WriteOptions options) {
        String query = Writes.queryWithoutTtl(options).toString();
        return Answers.written(transport.send(Call.write("POST", Paths.keyOperation(key, Operation.RESTORE) + query)
                .headers(Writes.headers(options))
                .body(MediaTypes.JSON, WireJson.write(new RestoreRequest(revision)))));
    }

    /** One page of the direct children of a prefix; the empty prefix is the root. */
    public Children ls(String prefix, ListQuery query) {
        return Answers.children(transport.send(Reads.list(prefix, query)), query.after());
    }

    /** All direct children of a prefix in byte order, fetched page by page as the stream is read. */
    public Stream<Child> children(String prefix) {
        return children(prefix, ListQuery.FIRST);
    }

    /** The direct children of a prefix from a page on, fetched page by page as the stream is read. */
    public Stream<Child> children(String prefix, ListQuery from) {
        return Pages.stream(from.after(), after -> ls(prefix, from.withAfter(after)), Children::next)
                .flatMap(page -> page.children().stream());
    }

    /** What lies below a prefix as a list, parents first; {@code depth} at least 1, {@code limit} 1 to 5000. */
    public FlatTree tree(String prefix, int depth, int limit) {
        return Answers.read(transport.send(Reads.tree(prefix, depth, limit, "json")), FlatTree.class);
    }

    /** What lies below a prefix as a tree; {@code depth} at least 1, {@code limit} 1 to 5000. */
    public NestedTree nestedTree(String prefix, int depth, int limit) {
        return Answers.read(transport.send(Reads.tree(prefix, depth, limit, "nested")), NestedTree.class);
    }

    /** One page of a range of keys. */
    public RangePage range(RangeQuery query) {
        return Answers.page(transport.send(Reads.range(query)), RangePage.class, query.after(), RangePage::next);
    }

    /** A range of keys in byte order, fetched page by page as the stream is read. */
    public Stream<RangePage.Entry> entries(RangeQuery from) {
        return Pages.stream(from.after(), after -> range(from.withAfter(after)), RangePage::next)
                .flatMap(page -> page.entries().stream());
    }

    /** Does all operations or none. Of the options only acks and the idempotency key apply to a batch. */
    public BatchResult batch(List<BatchOperation> operations, WriteOptions options) {
        return Answers.read(transport.send(Writes.batch(operations, options)), BatchResult.class);
    }

    /** Every document whose key begins with {@code prefix}, which may be empty, behind the key {@code after}, if any. */
    public ExportStream export(String prefix, @Nullable String after) {
        return new ExportStream(transport, prefix, after);
    }

    /** Stores lines of an export, or objects of keys and documents. A refusal tells in its problem what was done before. */
    public ImportReport load(byte[] lines, ImportMode mode) {
        return Answers.read(transport.send(Writes.load(mode).body(MediaTypes.NDJSON, lines)), ImportReport.class);
    }

    /** The same from a source of any length, which is sent as it is read. */
    public ImportReport load(InputStream source, ImportMode mode) {
        return Answers.read(transport.send(Writes.load(mode), source), ImportReport.class);
    }

    /** What happens to documents whose key begins with {@code prefix}, from now or behind the event {@code since}. */
    public Watch watch(String prefix, @Nullable String since) {
        return new Watch(transport, prefix, since);
    }

    /** Lets the node compact its files; returns when it is done, after seconds. */
    public void compact() {
        var _ = Answers.deleted(transport.send(Call.write("POST", Paths.COMPACT)));
    }

    /** How the node is, also when it says that it is down; its {@code version} is the node's. Never repeated. */
    public HealthReport health() {
        return Answers.health(transport.send(Call.probe(Paths.HEALTH)));
    }

    /** Whether the node takes requests now. Never repeated. */
    public HealthReport readiness() {
        return Answers.health(transport.send(Call.probe(Paths.HEALTH_READY)));
    }

    /** The node's metrics in the Prometheus text form. */
    public String metrics() {
        return Answers.text(transport.send(Call.read(Paths.METRICS).accept("text/plain")));
    }

    /** The members of the cluster as the node sees them, itself among them, in the order of their names. */
    public List<MemberInfo> members() {
        return List.of(Answers.read(transport.send(Call.read(Paths.MEMBERS)), MemberInfo[].class));
    }

    /** One member; empty when the node knows none of this name. */
    public Optional<MemberInfo> member(String id) {
        return Answers.found(transport.send(Call.read(Paths.member(id))), MemberInfo.class);
    }

    /** Lets the node ask to be let in through a member's address, {@code host:port}; waits for that member's answer. */
    public JoinReport join(String address) {
        return post(Paths.JOIN, new JoinRequest(address), JoinReport.class);
    }

    /** Takes the node out of its cluster. Answered when another holds what it holds: wait half a minute. Sent once. */
    public LeaveReport leave() {
        return Answers.read(transport.send(Call.write("POST", Paths.LEAVE)), LeaveReport.class);
    }

    /** How far the cluster agrees, as the node knows it. */
    public Convergence convergence() {
        return Answers.read(transport.send(Call.read(Paths.CONVERGENCE)), Convergence.class);
    }

    /** One page of the conflicts that the node knows, newest first. */
    public ConflictPage conflicts(ConflictQuery query) {
        return Answers.page(
                transport.send(Reads.conflicts(query)), ConflictPage.class, query.after(), ConflictPage::next);
    }

    /** The conflicts that the node knows, newest first, fetched page by page as the stream is read. */
    public Stream<ConflictReport> allConflicts(ConflictQuery from) {
        return Pages.stream(from.after(), after -> conflicts(from.withAfter(after)), ConflictPage::next)
                .flatMap(page -> page.conflicts().stream());
    }

    /** One conflict by its name on this node; empty when it knows none of this name. */
    public Optional<ConflictReport> conflict(UUID id) {
        return Answers.found(transport.send(Call.read(Paths.conflict(id))), ConflictReport.class);
    }

    /** One page of the node's audit log, newest first; it may be empty and still have a next one. */
    public AuditEntries audit(AuditFilter filter) {
        return Answers.page(
                transport.send(Reads.audit(filter)), AuditEntries.class, filter.after(), AuditEntries::next);
    }

    /** The node's audit log, newest first, fetched page by page as the stream is read. */
    public Stream<AuditEntries.Entry> auditEntries(AuditFilter from) {
        return Pages.stream(from.after(), after -> audit(from.withAfter(after)), AuditEntries::next)
                .flatMap(page -> page.entries().stream());
    }

    /** Lets the node verify its audit log, with the help of the others; seconds for a million entries. Sent once. */
    public AuditReport verifyAudit() {
        return Answers.read(transport.send(Call.write("POST", Paths.AUDIT_VERIFY)), AuditReport.class);
    }

    /** Why a key stands for the version it stands for; empty when the node has never seen the key. */
    public Optional<Explanation> explain(String key) {
        return Answers.found(transport.send(Call.read(Paths.keyOperation(key, Operation.EXPLAIN))), Explanation.class);
    }

    /** Plants a version that has seen nothing, where the node's configuration allows it. Sent once. */
    public Rival seedConflict(SeedRequest request) {
        return post(Paths.SEED, request, Rival.class);
    }

    /** The node's Merkle tree and its last comparisons with each other member. */
    public SyncStatus syncStatus() {
        return Answers.read(transport.send(Call.read(Paths.SYNC_STATUS)), SyncStatus.class);
    }

    /** Compares the node with every living member now and waits for the results, for seconds at most. Sent once. */
    public SyncStatus syncNow() {
        return Answers.read(transport.send(Call.write("POST", Paths.SYNC_NOW)), SyncStatus.class);
    }

    /** The root of the node's Merkle tree. */
    public MerkleRoot merkleRoot() {
        return Answers.read(transport.send(Call.read(Paths.MERKLE_ROOT)), MerkleRoot.class);
    }

    /** Digests of places of the node's Merkle tree. */
    public MerkleNodes merkleNodes(MerkleNodesRequest request) {
        return post(Paths.MERKLE_NODES, request, MerkleNodes.class);
    }

    /** What leaves of the node's Merkle tree are the sums of. */
    public MerkleLeaves merkleLeaves(MerkleLeavesRequest request) {
        return post(Paths.MERKLE_LEAVES, request, MerkleLeaves.class);
    }

    /** Lets the node take writes, {@code normal}, or refuse them, {@code read-only}; gives the mode it is in then. */
    public String changeMode(String mode) {
        return post(Paths.MODE, new ModeRequest(mode), ModeReport.class).mode();
    }

    /** The node's configuration, secrets masked. */
    public ConfigReport config() {
        return Answers.read(transport.send(Call.read(Paths.CONFIG)), ConfigReport.class);
    }

    /** Users, groups, tokens, policies and permissions. */
    public AccessClient access() {
        return new AccessClient(transport);
    }

    private <T> T post(String path, Object message, Class<T> type) {
        return Answers.read(
                transport.send(Call.write("POST", path).body(MediaTypes.JSON, WireJson.write(message))), type);
    }

    /** Whether {@link #close} was called: no call succeeds any more. */
    public boolean isClosed() {
        return transport.isClosed();
    }

    /** Ends calls that are under way and closes all connections. */
    @Override
    public void close() {
        transport.close();
    }
}
