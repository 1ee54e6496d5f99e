package dev.kvs.http;

import dev.kvs.model.KvsException;
import dev.kvs.security.AccessControl;
import dev.kvs.security.Accounts;
import dev.kvs.security.Caller;
import dev.kvs.security.Group;
import dev.kvs.security.User;
import dev.kvs.wire.ErrorCode;
import dev.kvs.wire.GroupInfo;
import dev.kvs.wire.GroupList;
import dev.kvs.wire.GroupRequest;
import dev.kvs.wire.MediaTypes;
import dev.kvs.wire.Paths;
import dev.kvs.wire.UserInfo;
import dev.kvs.wire.UserList;
import dev.kvs.wire.UserRequest;
import dev.kvs.wire.WireJson;
import io.helidon.http.Status;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code /auth/users} and {@code /auth/groups}. */
final class UserRoutes {
    private final AccessControl access;

    UserRoutes(AccessControl access) {
        this.access = access;
    }

    List<Route> routes() {
        List<String> json = List.of(MediaTypes.JSON);
        String user = Paths.USERS + "/" + Route.ID;
        String group = Paths.GROUPS + "/" + Route.ID;
        return List.of(
                new Route("GET", Paths.USERS, Set.of(), List.of(), Access.USER, this::users),
                new Route("POST", Paths.USERS, Set.of(), json, Access.USER, this::createUser),
                new Route("GET", user, Set.of(), List.of(), Access.USER, this::user),
                new Route("PATCH", user, Set.of(), json, Access.USER, this::updateUser),
                new Route("DELETE", user, Set.of(), List.of(), Access.USER, this::deleteUser),
                new Route("GET", Paths.GROUPS, Set.of(), List.of(), Access.USER, this::groups),
                new Route("POST", Paths.GROUPS, Set.of(), json, Access.USER, this::createGroup),
                new Route("GET", group, Set.of(), List.of(), Access.USER, this::group),
                new Route("PATCH", group, Set.of(), json, Access.USER, this::updateGroup),
                new Route("DELETE", group, Set.of(), List.of(), Access.USER, this::deleteGroup));
    }

    private void users(Exchange exchange) {
        List<UserInfo> users = access.accounts().users(caller(exchange)).stream()
                .map(UserRoutes::wire)
                .toList();
        Answers.message(exchange, Status.OK_200, WireJson.write(new UserList(users)));
    }

    private void user(Exchange exchange) {
        answer(exchange, Status.OK_200, access.accounts().user(caller(exchange), exchange.id()));
    }

    private void createUser(Exchange exchange) {
        UserRequest request = exchange.message(UserRequest.class);
        answer(
                exchange,
                Status.CREATED_201,
                access.accounts().create(caller(exchange), named(request.name()), change(request)));
    }

    private void updateUser(Exchange exchange) {
        UserRequest request = exchange.message(UserRequest.class);
        unnamed(request.name());
        answer(exchange, Status.OK_200, access.accounts().update(caller(exchange), exchange.id(), change(request)));
    }

    private void deleteUser(Exchange exchange) {
        access.accounts().delete(caller(exchange), exchange.id());
        exchange.send(Status.NO_CONTENT_204);
    }

    private static Accounts.Change change(UserRequest request) {
        return new Accounts.Change(request.scopes(), request.groups(), request.password(), request.disabled());
    }

    private static void answer(Exchange exchange, Status status, Accounts.Profile profile) {
        Answers.message(exchange, status, WireJson.write(wire(profile)));
    }

    private static UserInfo wire(Accounts.Profile profile) {
        User user = profile.user();
        return new UserInfo(
                user.name(),
                user.id(),
                user.scopes(),
                profile.groups(),
                profile.hasPassword(),
                user.disabled(),
                user.createdAt());
    }

    private void groups(Exchange exchange) {
        Caller caller = caller(exchange);
        List<GroupInfo> groups = access.accounts().groups(caller).stream()
                .map(group -> wire(caller, group))
                .toList();
        Answers.message(exchange, Status.OK_200, WireJson.write(new GroupList(groups)));
    }

    private void group(Exchange exchange) {
        Caller caller = caller(exchange);
        Group group = access.accounts().group(caller, exchange.id());
        Answers.message(exchange, Status.OK_200, WireJson.write(wire(caller, group)));
    }

    private void createGroup(Exchange exchange) {
        GroupRequest request = exchange.message(GroupRequest.class);
        Caller caller = caller(exchange);
        Group group = access.accounts().createGroup(caller, named(request.name()));
        if (request.members() != null) {
            access.accounts().setMembers(caller, group.name(), request.members());
        }
        Answers.message(exchange, Status.CREATED_201, WireJson.write(wire(caller, group)));
    }

    private void updateGroup(Exchange exchange) {
        GroupRequest request = exchange.message(GroupRequest.class);
        unnamed(request.name());
        if (request.members() != null) {
            access.accounts().setMembers(caller(exchange), exchange.id(), request.members());
        }
        group(exchange);
    }

    private void deleteGroup(Exchange exchange) {
        access.accounts().deleteGroup(caller(exchange), exchange.id());
        exchange.send(Status.NO_CONTENT_204);
    }

    private GroupInfo wire(Caller caller, Group group) {
        return new GroupInfo(
                group.name(), group.id(), access.accounts().members(caller, group.name()), group.createdAt());
    }

    private static String named(@Nullable String name) {
        if (name == null) {
            throw new KvsException(ErrorCode.INVALID_REQUEST, "name is missing.");
        }
        return name;
    }

    private static void unnamed(@Nullable String name) {
        if (name != null) {
            throw new KvsException(ErrorCode.INVALID_REQUEST, "Names do not change; leave name out.");
        }
    }

    private static Caller caller(Exchange exchange) {
        return exchange.rights().caller();
    }
}
