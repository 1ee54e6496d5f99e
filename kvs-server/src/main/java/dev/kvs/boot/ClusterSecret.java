package dev.kvs.boot;

import dev.kvs.boot.config.NodeConfig;
import dev.kvs.peer.session.NodeCredentials;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** What {@code cluster_secret} amounts to. The cluster's id derives from it, so founding twice founds the same cluster. */
final class ClusterSecret {
    /** The id of clusters on one machine that have no secret. */
    private static final String OPEN = "open";

    private static final int ID_BYTES = 16;

    private ClusterSecret() {}

    /** What the audit log's anchor is signed with; empty without a secret. */
    static byte[] auditKey(NodeConfig config) {
        byte[] secret = bytes(config.security().clusterSecret());
        return secret.length == 0 ? secret : derive(secret, "kvs audit anchor");
    }

    static NodeCredentials credentials(NodeConfig config) {
        byte[] secret = bytes(config.security().clusterSecret());
        return new NodeCredentials(idOf(secret), config.nodeId(), secret);
    }

    /** The bytes of a secret as the configuration has it; none for none. */
    static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex.length() % 2 == 0 ? hex : hex + "0");
    }

    /** The id of the cluster that has this secret. */
    static String idOf(byte[] secret) {
        return secret.length == 0 ? OPEN : HexFormat.of().formatHex(derive(secret, "kvs cluster id"), 0, ID_BYTES);
    }

    private static byte[] derive(byte[] secret, String purpose) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret, "HmacSHA256"));
            return mac.doFinal(purpose.getBytes(StandardCharsets.US_ASCII));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HmacSHA256", e);
        }
    }
}
