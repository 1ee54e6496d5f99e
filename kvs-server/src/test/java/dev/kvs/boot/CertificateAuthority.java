package dev.kvs.boot;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/** An authority that signs certificates, made by the JDK's keytool in a folder of the test. */
final class CertificateAuthority {
    private static final String PASSWORD = "changeit";

    private final Path folder;
    private final Path store;

    /** What a node is given: its chain and its key. */
    record Identity(Path certificate, Path key) {}

    CertificateAuthority(Path folder, String name) throws IOException, InterruptedException {
        this.folder = Files.createDirectories(folder.resolve(name));
        this.store = this.folder.resolve("store.p12");
        keytool("-genkeypair -alias authority -keyalg EC -validity 3 -dname CN=" + name + " -ext bc:c");
    }

    /** The authority's own certificate. */
    Path file() throws IOException, GeneralSecurityException {
        return pem(
                "authority.pem",
                "CERTIFICATE",
                open().getCertificate("authority").getEncoded());
    }

    /** A certificate for 127.0.0.1 that is good now, for serving and for calling. */
    Identity issue(String name) throws Exception {
        return issue(name, "-validity 2 -ext san=ip:127.0.0.1,dns:localhost -ext eku=serverAuth,clientAuth");
    }

    /** A certificate of the test's own kind. */
    Identity issue(String name, String more) throws Exception {
        return issue(name, "EC", more);
    }

    /** With a key of this kind. */
    Identity issue(String name, String kind, String more) throws Exception {
        keytool("-genkeypair -alias " + name + " -signer authority -keyalg " + kind + " -dname CN=" + name + " "
                + more);
        KeyStore made = open();
        StringBuilder chain = new StringBuilder();
        for (Certificate certificate : made.getCertificateChain(name)) {
            chain.append(text("CERTIFICATE", certificate.getEncoded()));
        }
        return new Identity(
                Files.writeString(folder.resolve(name + ".pem"), chain),
                ownerOnly(pem(
                        name + ".key",
                        "PRIVATE KEY",
                        made.getKey(name, PASSWORD.toCharArray()).getEncoded())));
    }

    private KeyStore open() throws IOException, GeneralSecurityException {
        KeyStore opened = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            opened.load(in, PASSWORD.toCharArray());
        }
        return opened;
    }

    private Path pem(String file, String kind, byte[] content) throws IOException {
        return Files.writeString(folder.resolve(file), text(kind, content));
    }

    private static Path ownerOnly(Path file) throws IOException {
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }

    private static String text(String kind, byte[] content) {
        return "-----BEGIN " + kind + "-----\n" + Base64.getMimeEncoder().encodeToString(content) + "\n-----END " + kind
                + "-----\n";
    }

    private void keytool(String words) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(), "-J-XX:TieredStopAtLevel=1"));
        command.addAll(Arrays.asList(words.split(" ")));
        command.addAll(List.of("-keystore", store.toString(), "-storetype", "PKCS12", "-storepass", PASSWORD));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(said);
        }
    }
}
