package dev.kvs.storage.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kvs.model.Key;
import dev.kvs.model.Version;
import dev.kvs.model.Versions;
import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class VersionCodecTest {
    private static final long SEED = 42;
    private final InlineActors actors = new InlineActors();

    @Test
    void everyVersionComesBackAsItWas() throws IOException {
        Versions versions = new Versions(SEED);
        for (int i = 0; i < 5_000; i++) {
            Version version = versions.next(Key.of("k/" + i));
            Version back = decode(encode(version, BodyCompression.OFF), version);
            assertThat(back).as("seed %d, round %d", SEED, i).isEqualTo(version);
            assertThat(back.body()).isEqualTo(version.body());
            assertThat(back.vector()).isEqualTo(version.vector());
            assertThat(back.acl()).isEqualTo(version.acl());
        }
    }

    @Test
    void aLongDocumentIsCompressedAndComesBackByteForByte() throws IOException {
        Version small = new Versions(SEED).next(Key.of("k"));
        byte[] body = ("[" + "\"abc\",".repeat(2_000) + "1]").getBytes(java.nio.charset.StandardCharsets.UTF_8);
        Version version = small.draft().seal(body);

        byte[] bytes = encode(version, new BodyCompression(true, 512, 3));

        assertThat(bytes.length).isLessThan(1_000);
        assertThat(decode(bytes, version).body()).isEqualTo(body);
    }

    @Test
    void aDroppedDocumentLeavesTheDigestTrue() throws IOException {
        Version version = new Versions(SEED).next(Key.of("k"));
        Version stub = version.withoutBody();
        Version back = decode(encode(stub, BodyCompression.OFF), version);
        assertThat(back.body()).isNull();
        assertThat(back.digest()).isEqualTo(version.digest());
    }

    @Test
    void anyFlippedBitAndAnyCutIsDamage() throws IOException {
        Version version = new Versions(SEED).next(Key.of("k"));
        byte[] bytes = encode(version, BodyCompression.OFF);
        for (int bit = 0; bit < bytes.length * 8; bit++) {
            byte[] flipped = bytes.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            assertThatThrownBy(() -> decode(flipped, version)).as("bit %d", bit).isInstanceOf(Exception.class);
        }
        for (int length = 0; length < bytes.length; length++) {
            byte[] cut = Arrays.copyOf(bytes, length);
            assertThatThrownBy(() -> decode(cut, version))
                    .as("length %d", length)
                    .isInstanceOf(Exception.class);
        }
    }

    private byte[] encode(Version version, BodyCompression compression) throws IOException {
        Encoder out = new Encoder(16);
        VersionCodec.encode(out, version, actors, compression);
        return out.toByteArray();
    }

    private Version decode(byte[] bytes, Version like) throws IOException {
        return VersionCodec.decode(new Decoder(bytes), like.key(), like.hlc(), actors);
    }
}
