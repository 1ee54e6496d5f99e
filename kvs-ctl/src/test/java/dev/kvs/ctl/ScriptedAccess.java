package dev.kvs.ctl;

import dev.kvs.ctl.ScriptedNode.Reply;
import dev.kvs.wire.AccessAnswer;
import dev.kvs.wire.ErrorCode;
import dev.kvs.wire.GroupInfo;
import dev.kvs.wire.GroupList;
import dev.kvs.wire.GroupRequest;
import dev.kvs.wire.LoginRequest;
import dev.kvs.wire.Metadata;
import dev.kvs.wire.MetadataRequest;
import dev.kvs.wire.PolicyInfo;
import dev.kvs.wire.PolicyList;
import dev.kvs.wire.Stored;
import dev.kvs.wire.TokenInfo;
import dev.kvs.wire.TokenList;
import dev.kvs.wire.TokenRequest;
import dev.kvs.wire.UserInfo;
import dev.kvs.wire.UserList;
import dev.kvs.wire.UserRequest;
import dev.kvs.wire.WhoAmI;
import dev.kvs.wire.WireJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** What a scripted node says of users, groups, tokens, policies and permissions. It lets everybody do everything. */
final class ScriptedAccess {
    static final UUID ID = UUID.fromString("01981c2e-7a4b-7c3d-9e5f-0a1b2c3d4e5f");
    static final String TOKEN = "header.claims.signature";
    private static final long MOMENT = 1_790_000_000_000L;

    /** The last request of each kind. */
    final List<Object> bodies = new CopyOnWriteArrayList<>();

    private final Map<String, UserInfo> users = new TreeMap<>();
    private final Map<String, GroupInfo> groups = new TreeMap<>();
    private final Map<String, PolicyInfo> policies = new TreeMap<>();

    /** When the token of whoever asks ends. */
    volatile long expiresAt = MOMENT;

    ScriptedAccess() {
        users.put("ada", user("ada", List.of("read", "write"), List.of("cooks"), false));
        groups.put("cooks", new GroupInfo("cooks", ID, List.of("ada"), MOMENT));
        policies.put("", new PolicyInfo("", null, null, "c---c---c---", "cdwr--wr----"));
        policies.put("recipes", new PolicyInfo("recipes", null, "cooks", "c---c-------", "cdwrcdwr---r"));
    }

    private static UserInfo user(String name, List<String> scopes, List<String> groups, boolean disabled) {
        return new UserInfo(name, ID, scopes, groups, true, disabled, MOMENT);
    }

    /** The answer of a path that is one of ours. */
    synchronized Optional<Reply> answer(String method, String path, Map<String, String> query, byte[] body) {
        try {
            if (path.endsWith("/_metadata")) {
                return Optional.of(metadata(method, path, body));
            }
            return path.startsWith("/auth/")
                    ? Optional.ofNullable(answer(method, path.substring("/auth/".length()), body, query))
                    : Optional.empty();
        } catch (IOException notOurs) {
            throw new UncheckedIOException(notOurs);
        }
    }

    private @Nullable Reply answer(String method, String path, byte[] body, Map<String, String> query)
            throws IOException {
        return switch (method + " " + path) {
            case "POST login" -> login(heard(body, LoginRequest.class));
            case "GET whoami" -> ok(new WhoAmI("ada", ID, List.of("cooks"), List.of("read"), ID, expiresAt));
            case "GET can" -> ok(new AccessAnswer(query.get("verb").equals("read"), "the owner may"));
            case "GET users" -> ok(new UserList(List.copyOf(users.values())));
            case "POST users" -> changed(heard(body, UserRequest.class), null);
            case "GET groups" -> ok(new GroupList(List.copyOf(groups.values())));
            case "POST groups" -> ok(group(heard(body, GroupRequest.class), null));
            case "GET tokens" -> ok(new TokenList(List.of(token(null))));
            case "POST tokens" -> {
                heard(body, TokenRequest.class);
                yield ok(token(TOKEN));
            }
            case "DELETE tokens" -> gone(users.containsKey(query.get("user")), ErrorCode.USER_NOT_FOUND);
            case "GET policies" -> ok(new PolicyList(List.copyOf(policies.values())));
            case "PUT policies" -> ok(heard(body, PolicyInfo.class));
            case "DELETE policies" -> gone(policies.containsKey(query.get("prefix")), ErrorCode.POLICY_NOT_FOUND);
            default -> {
                String[] parts = path.split("/", 2);
                yield parts.length == 2 ? one(method, parts[0], parts[1], body) : null;
            }
        };
    }

    private @Nullable Reply one(String method, String kind, String name, byte[] body) throws IOException {
        return switch (method + " " + kind) {
            case "GET users" ->
                users.containsKey(name) ? ok(users.get(name)) : ScriptedNode.refused(ErrorCode.USER_NOT_FOUND, name);
            case "PATCH users" ->
                users.containsKey(name)
                        ? changed(heard(body, UserRequest.class), name)
                        : ScriptedNode.refused(ErrorCode.USER_NOT_FOUND, name);
            case "DELETE users" -> gone(users.containsKey(name), ErrorCode.USER_NOT_FOUND);
            case "GET groups" ->
                groups.containsKey(name) ? ok(groups.get(name)) : ScriptedNode.refused(ErrorCode.GROUP_NOT_FOUND, name);
            case "PATCH groups" ->
                groups.containsKey(name)
                        ? ok(group(heard(body, GroupRequest.class), name))
                        : ScriptedNode.refused(ErrorCode.GROUP_NOT_FOUND, name);
            case "DELETE groups" -> gone(groups.containsKey(name), ErrorCode.GROUP_NOT_FOUND);
            case "DELETE tokens" -> gone(name.equals(ID.toString()), ErrorCode.TOKEN_NOT_FOUND);
            default -> null;
        };
    }

    private <T> T heard(byte[] body, Class<T> type) throws IOException {
        T request = WireJson.read(body, type);
        bodies.add(request);
        return request;
    }

    private static Reply login(LoginRequest request) {
        return request.password().equals("s3cret")
                ? ok(token(TOKEN))
                : ScriptedNode.refused(ErrorCode.UNAUTHORIZED, "The name or the password is wrong.");
    }

    private static TokenInfo token(@Nullable String text) {
        return new TokenInfo(ID, "ada", "a label", List.of("read"), MOMENT, MOMENT + 1, text);
    }

    private static Reply changed(UserRequest request, @Nullable String name) {
        return ok(user(
                name == null ? request.name() : name,
                request.scopes() == null ? List.of("read") : request.scopes(),
                request.groups() == null ? List.of() : request.groups(),
                Boolean.TRUE.equals(request.disabled())));
    }

    private static GroupInfo group(GroupRequest request, @Nullable String name) {
        List<String> members = request.members() == null ? List.of() : request.members();
        return new GroupInfo(name == null ? request.name() : name, ID, members, MOMENT);
    }

    private Reply metadata(String method, String path, byte[] body) throws IOException {
        String key = path.substring("/kv/".length(), path.length() - "/_metadata".length());
        if (!key.equals("users/ada")) {
            return ScriptedNode.refused(ErrorCode.NOT_FOUND, key);
        }
        if (method.equals("PUT")) {
            heard(body, MetadataRequest.class);
            return ok(new Stored(ID, MOMENT));
        }
        return ok(new Metadata(key, ID, MOMENT, "alpha", "ada", null, 0xF30, "cdwr--wr----", 2, null));
    }

    private static Reply gone(boolean was, ErrorCode otherwise) {
        return was ? new Reply(204, Map.of(), new byte[0]) : ScriptedNode.refused(otherwise, "scripted");
    }

    private static Reply ok(Object message) {
        return Reply.json(200, new String(WireJson.write(message), StandardCharsets.UTF_8));
    }
}
