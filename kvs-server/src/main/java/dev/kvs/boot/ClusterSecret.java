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

    static NodeCredentials credentials(NodeConfig config) {
        String hex = config.security().clusterSecret();
        byte[] secret = HexFormat.of().parseHex(hex.length() % 2 == 0 ? hex : hex + "0");
        return new NodeCredentials(secret.length == 0 ? OPEN : idOf(secret), config.nodeId(), secret);
    }

    private static String idOf(byte[] secret) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret, "HmacSHA256"));
            byte[] derived = mac.doFinal("kvs cluster id".getBytes(StandardCharsets.US_ASCII));
            return HexFormat.of().formatHex(derived, 0, ID_BYTES);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HmacSHA256", e);
        }
    }
}
