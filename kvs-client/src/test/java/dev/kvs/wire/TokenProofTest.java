package dev.kvs.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

class TokenProofTest {
    @Test
    void aProofIsTheHmacOfTheQuestion() throws Exception {
        for (int length = 1; length < 300; length++) {
            String token = "t\u00f6ken.".repeat(length).substring(0, length);
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(token.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            String message = "kvs-token-file\nnonce-" + length + "\n" + (8000 + length);
            assertThat(TokenProof.of(token, "nonce-" + length, 8000 + length))
                    .isEqualTo(HexFormat.of().formatHex(mac.doFinal(message.getBytes(StandardCharsets.UTF_8))));
        }
    }
}
