package dev.kvs.http;

import dev.kvs.model.Acl;
import dev.kvs.model.Hlc;
import dev.kvs.model.KvsException;
import dev.kvs.model.Version;
import dev.kvs.platform.Check;
import dev.kvs.replication.Condition;
import dev.kvs.replication.Coordinator;
import dev.kvs.replication.Coordinator.Description;
import dev.kvs.replication.Coordinator.Written;
import dev.kvs.replication.Expiry;
import dev.kvs.replication.Reader;
import dev.kvs.security.AccessControl;
import dev.kvs.wire.Durations;
import dev.kvs.wire.ErrorCode;
import dev.kvs.wire.MediaTypes;
import dev.kvs.wire.Metadata;
import dev.kvs.wire.MetadataRequest;
import dev.kvs.wire.Operation;
import dev.kvs.wire.Parameters;
import dev.kvs.wire.Permissions;
import dev.kvs.wire.WireJson;
import io.helidon.http.Status;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** {@code _metadata}: whose a value is, who may do what with it, and when it expires. */
final class MetadataRoutes {
    private final AccessControl access;
    private final Coordinator coordinator;
    private final Reader reader;

    MetadataRoutes(AccessControl access, Coordinator coordinator, Reader reader) {
        this.access = access;
        this.coordinator = coordinator;
        this.reader = reader;
    }

    List<Route> routes() {
        String path = "/kv/" + Route.KEY + "/" + Operation.METADATA.segment();
        return List.of(
                new Route("GET", path, Set.of(), List.of(), Access.READ, this::show),
                new Route("PUT", path, Set.of(Parameters.ACKS), List.of(MediaTypes.JSON), Access.WRITE, this::change));
    }

    private void show(Exchange exchange) {
        Version version = reader.seenBy(exchange.rights()).get(exchange.key()).orElseThrow(exchange::notFound);
        Acl acl = version.acl();
        byte[] body = Check.present(version.body(), "a visible version has its document");
        Metadata metadata = new Metadata(
                exchange.key().toString(),
                version.uuid(),
                Hlc.millis(version.hlc()),
                version.origin().node().value(),
                access.nameOfUser(acl.owner()),
                access.nameOfGroup(acl.group()),
                acl.permissions(),
                Permissions.format(acl.permissions()),
                body.length,
                RevisionRoutes.expiresAt(version));
        Answers.message(exchange, Status.OK_200, WireJson.write(metadata));
    }

    private void change(Exchange exchange) {
        MetadataRequest request = exchange.message(MetadataRequest.class);
        if (request.mode() != null && request.permissions() != null) {
            throw refused("permissions and mode say the same; give one of them");
        }
        Integer permissions = permissions(request);
        Description description = new Description(acl -> changed(acl, request, permissions), expiry(request.ttl()));
        List<Condition> conditions = Conditions.ofWrite(exchange.headers());
        Written written =
                coordinator.describe(exchange.key(), description, WriteRequests.options(exchange, conditions));
        Answers.written(exchange, new Written(written.version(), false, written.acks()), !conditions.isEmpty());
    }

    /** Asked for once the caller is known to be the owner: nobody else learns which users and groups there are. */
    private Acl changed(Acl acl, MetadataRequest request, @Nullable Integer permissions) {
        UUID owner = access.policies().userId(emptyToNull(request.owner()));
        UUID group = access.policies().groupId(emptyToNull(request.group()));
        return new Acl(
                request.owner() == null ? acl.owner() : owner,
                request.group() == null ? acl.group() : group,
                permissions == null ? acl.permissions() : permissions);
    }

    private static @Nullable String emptyToNull(@Nullable String name) {
        return name == null || name.isEmpty() ? null : name;
    }

    private static @Nullable Integer permissions(MetadataRequest request) {
        Integer bits = request.permissions();
        if (bits != null && (bits < 0 || bits > 0xFFF)) {
            throw refused("permissions are 12 bits, 0 to 4095, not " + bits);
        }
        String mode = request.mode();
        return mode == null ? bits : (Integer) PolicyRoutes.permissions(mode);
    }

    private static @Nullable Expiry expiry(@Nullable String ttl) {
        if (ttl == null) {
            return null;
        }
        try {
            return WriteRequests.expiry(Durations.parse(ttl));
        } catch (IllegalArgumentException notDuration) {
            throw refused("ttl is not usable: " + notDuration.getMessage());
        }
    }

    private static KvsException refused(String why) {
        return new KvsException(ErrorCode.INVALID_REQUEST, why + ".");
    }
}
