package dev.kvs.client;

import dev.kvs.wire.AccessAnswer;
import dev.kvs.wire.ClusterBootstrap;
import dev.kvs.wire.GroupInfo;
import dev.kvs.wire.GroupList;
import dev.kvs.wire.GroupRequest;
import dev.kvs.wire.LoginRequest;
import dev.kvs.wire.MediaTypes;
import dev.kvs.wire.Metadata;
import dev.kvs.wire.MetadataRequest;
import dev.kvs.wire.Operation;
import dev.kvs.wire.Parameters;
import dev.kvs.wire.Paths;
import dev.kvs.wire.PolicyInfo;
import dev.kvs.wire.PolicyList;
import dev.kvs.wire.Query;
import dev.kvs.wire.TokenInfo;
import dev.kvs.wire.TokenList;
import dev.kvs.wire.TokenRequest;
import dev.kvs.wire.UserInfo;
import dev.kvs.wire.UserList;
import dev.kvs.wire.UserRequest;
import dev.kvs.wire.WhoAmI;
import dev.kvs.wire.WireJson;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Who may do what: users, groups, tokens, policies and the permissions of values. Get it from {@link KvsClient#access}; it is
 * as safe for many threads, throws the same, and ends with the client.
 *
 * <pre>{@code
 * AccessClient access = kvs.access();
 * access.createUser(new UserRequest("ada", password, List.of("read", "write"), null, null));
 * String token = access.login("ada", password).token();
 * boolean may = access.can("ada", "write", "recipes/crepes").allowed();
 * }</pre>
 *
 * <p>Reads are repeated; changes, and logins, are sent once. On a node without access control every call is refused with
 * {@code unknown_path}. What holds a password is shown to no {@link RequestListener}.
 */
public final class AccessClient {
    private final Transport transport;

    AccessClient(Transport transport) {
        this.transport = transport;
    }

    /**
     * Makes a token for whoever knows a user's password. Refused with {@code unauthorized} whatever was wrong, and with
     * {@code rate_limited} for a while after some failures. Neither the client's token nor a local one is sent along, and
     * the client goes on with those it had: build another one with the token in the answer.
     */
    public TokenInfo login(String user, String password) {
        byte[] body = WireJson.write(new LoginRequest(user, password));
        return Answers.read(
                transport.send(Call.write("POST", Paths.LOGIN)
                        .withoutToken()
                        .body(MediaTypes.JSON, body)
                        .confidential()),
                TokenInfo.class);
    }

    /** Whose token the client sends, and what it is good for. */
    public WhoAmI whoAmI() {
        return Answers.read(transport.send(Call.read(Paths.WHOAMI)), WhoAmI.class);
    }

    /**
     * Whether a user may do something with a key, and which rule says so. Only an administrator may ask about others.
     *
     * @param user null for the caller
     * @param verb {@code read}, {@code write}, {@code delete} or {@code create}
     */
    public AccessAnswer can(@Nullable String user, String verb, String key) {
        Query question = new Query()
                .with(Parameters.USER, user)
                .with(Parameters.VERB, verb)
                .with(Parameters.KEY, key);
        return Answers.read(transport.send(Call.read(Paths.CAN + question)), AccessAnswer.class);
    }

    /** All users, by name. */
    public List<UserInfo> users() {
        return Answers.read(transport.send(Call.read(Paths.USERS)), UserList.class)
                .users();
    }

    /** One user; empty when there is none of this name. */
    public Optional<UserInfo> user(String name) {
        return Answers.found(transport.send(Call.read(Paths.below(Paths.USERS, name))), UserInfo.class);
    }

    /** Makes a user; what the request leaves out is decided by the node. {@code name_taken} when there is one. */
    public UserInfo createUser(UserRequest request) {
        return changedUser("POST", Paths.USERS, request);
    }

    /** Changes what the request names; its own name must be null. A new password ends all tokens of the user. */
    public UserInfo updateUser(String name, UserRequest request) {
        return changedUser("PATCH", Paths.below(Paths.USERS, name), request);
    }

    private UserInfo changedUser(String method, String path, UserRequest request) {
        Call call = Call.write(method, path).body(MediaTypes.JSON, WireJson.write(request));
        return Answers.read(transport.send(request.password() == null ? call : call.confidential()), UserInfo.class);
    }

    /** Removes a user; {@code user_not_found} when there is none. His values stay, and belong to nobody. */
    public void deleteUser(String name) {
        delete(Paths.below(Paths.USERS, name));
    }

    /** All groups, by name. */
    public List<GroupInfo> groups() {
        return Answers.read(transport.send(Call.read(Paths.GROUPS)), GroupList.class)
                .groups();
    }

    /** One group; empty when there is none of this name. */
    public Optional<GroupInfo> group(String name) {
        return Answers.found(transport.send(Call.read(Paths.below(Paths.GROUPS, name))), GroupInfo.class);
    }

    /** Makes a group; {@code name_taken} when there is one of this name. */
    public GroupInfo createGroup(GroupRequest request) {
        return change("POST", Paths.GROUPS, request, GroupInfo.class);
    }

    /** Makes a group consist of the members that the request names; its own name must be null. */
    public GroupInfo updateGroup(String name, GroupRequest request) {
        return change("PATCH", Paths.below(Paths.GROUPS, name), request, GroupInfo.class);
    }

    /** Removes a group; {@code group_not_found} when there is none. Its values stay, and belong to no group. */
    public void deleteGroup(String name) {
        delete(Paths.below(Paths.GROUPS, name));
    }

    /** The tokens that are good now, the newest first: the caller's own, and an administrator's are all. */
    public List<TokenInfo> tokens() {
        return Answers.read(transport.send(Call.read(Paths.TOKENS)), TokenList.class)
                .tokens();
    }

    /** One token, without its text; empty when there is none that the caller may know of. */
    public Optional<TokenInfo> token(UUID id) {
        return Answers.found(transport.send(Call.read(Paths.below(Paths.TOKENS, id.toString()))), TokenInfo.class);
    }

    /** Makes a token; this answer alone holds its text. */
    public TokenInfo createToken(TokenRequest request) {
        return change("POST", Paths.TOKENS, request, TokenInfo.class);
    }

    /** Ends a token at once on the node that is asked, and on the others when they hear of it. */
    public void revokeToken(UUID id) {
        delete(Paths.below(Paths.TOKENS, id.toString()));
    }

    /** Ends every token of a user, the one that asks among them when it is his own. */
    public void revokeTokens(String user) {
        delete(Paths.TOKENS + new Query().with(Parameters.USER, user));
    }

    /** All policies, the one that holds where no other does first, then by prefix. */
    public List<PolicyInfo> policies() {
        return Answers.read(transport.send(Call.read(Paths.POLICIES)), PolicyList.class)
                .policies();
    }

    /** Sets the policy of a prefix, whether there was one or not. */
    public PolicyInfo setPolicy(PolicyInfo policy) {
        return change("PUT", Paths.POLICIES, policy, PolicyInfo.class);
    }

    /** Removes the policy of a prefix; {@code policy_not_found} when there is none. */
    public void deletePolicy(String prefix) {
        delete(Paths.POLICIES + new Query().with(Parameters.PREFIX, prefix));
    }

    /** Whose a value is and who may do what with it; empty when nothing is stored that the caller may see. */
    public Optional<Metadata> metadata(String key) {
        return Answers.found(transport.send(Call.read(Paths.keyOperation(key, Operation.METADATA))), Metadata.class);
    }

    /**
     * Changes what the request names, as a new version of the same document; {@code not_found} when there is none. Of the
     * options the time to live does not apply: it stands in the request.
     */
    public Written changeMetadata(String key, MetadataRequest request, WriteOptions options) {
        String path = Paths.keyOperation(key, Operation.METADATA);
        return Answers.written(transport.send(Call.write("PUT", path + Writes.queryWithoutTtl(options))
                .headers(Writes.headers(options))
                .body(MediaTypes.JSON, WireJson.write(request))));
    }

    /** What a new node's configuration needs to join; told to administrators, over TLS or on the node's machine alone. */
    public ClusterBootstrap clusterBootstrap() {
        return Answers.read(transport.send(Call.read(Paths.CLUSTER_BOOTSTRAP)), ClusterBootstrap.class);
    }

    private <T> T change(String method, String path, Object request, Class<T> type) {
        return Answers.read(
                transport.send(Call.write(method, path).body(MediaTypes.JSON, WireJson.write(request))), type);
    }

    private void delete(String path) {
        Answers.successful(transport.send(Call.write("DELETE", path)));
    }
}
