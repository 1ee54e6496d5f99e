package dev.kvs.boot;

import dev.kvs.boot.config.ConfigProblem;
import dev.kvs.boot.config.InvalidConfigException;
import dev.kvs.tls.Authorities;
import dev.kvs.tls.PemText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A file with certificates or a key in the text form of RFC 7468. What cannot be used is a problem of the configuration.
 *
 * @param setting the key of the configuration that names the file
 */
record PemFile(String setting, Path file) {
    private static final Pattern KEY = Pattern.compile(
            "-----BEGIN ([A-Z ]*)PRIVATE KEY-----(.*?)-----END [A-Z ]*PRIVATE KEY-----", Pattern.DOTALL);

    /** What certificates are made for; a PKCS #8 key says which it is, and the others refuse it. */
    private static final List<String> KINDS = List.of("EC", "RSA", "EdDSA");

    /** The certificates in their order, at least one. */
    List<X509Certificate> certificates() throws InvalidConfigException {
        try {
            return Authorities.read(file);
        } catch (IOException e) {
            throw unreadable(e);
        } catch (CertificateException _) {
            throw refused("it holds no certificate that can be read", "name a PEM file with certificates");
        }
    }

    /** The first private key, which others on this machine may not read. */
    PrivateKey privateKey() throws InvalidConfigException {
        try {
            checkOwnerOnly();
            Matcher found = KEY.matcher(new String(PemText.read(file), StandardCharsets.ISO_8859_1));
            if (!found.find()) {
                throw refused("it holds no private key", "name the PEM file of the certificate's key");
            }
            checkForm(found.group(1).strip());
            return decoded(found.group(2))
                    .orElseThrow(() -> refused(
                            "it holds no key of the kinds " + KINDS + " that can be read",
                            "name the PEM file of the certificate's key"));
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    private void checkOwnerOnly() throws IOException, InvalidConfigException {
        PosixFileAttributeView view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
        if (view != null && view.readAttributes().permissions().contains(PosixFilePermission.OTHERS_READ)) {
            throw refused(
                    "every user of this machine can read it",
                    "chmod 600 " + file + ", and replace the key if somebody may have read it");
        }
    }

    private void checkForm(String form) throws InvalidConfigException {
        if (!form.isEmpty()) {
            throw refused(
                    form.equals("ENCRYPTED")
                            ? "it holds a key with a password, which nobody could type"
                            : "it holds a key in an old form (" + form + " PRIVATE KEY)",
                    "write it as plain PKCS #8: openssl pkcs8 -topk8 -nocrypt -in " + file + " -out NEW");
        }
    }

    private static Optional<PrivateKey> decoded(String base64) {
        return KINDS.stream().flatMap(kind -> decoded(kind, base64).stream()).findFirst();
    }

    private static Optional<PrivateKey> decoded(String kind, String base64) {
        try {
            byte[] encoded = Base64.getMimeDecoder().decode(base64);
            return Optional.of(KeyFactory.getInstance(kind).generatePrivate(new PKCS8EncodedKeySpec(encoded)));
        } catch (GeneralSecurityException | IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    private InvalidConfigException unreadable(IOException e) {
        return switch (e) {
            case NoSuchFileException _ ->
                refused(
                        "there is no such file",
                        "correct the path; a relative one begins at the configuration's directory");
            case AccessDeniedException _ ->
                refused("this user may not read it", "give the node's user the right to read it");
            default -> refused("it cannot be read: " + e.getMessage(), "name a PEM file");
        };
    }

    /** What is wrong with the file and what to do. */
    InvalidConfigException refused(String what, String fix) {
        return new InvalidConfigException(List.of(new ConfigProblem(setting, what, file.toString(), fix)));
    }
}
