package dev.kvs.tls;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/** The certificate authorities of a PEM file (RFC 7468), as the only ones that are believed. */
public final class Authorities {
    private Authorities() {}

    /**
     * The certificates of a file in their order, at least one.
     *
     * @throws CertificateException when there is none, or something else
     */
    public static List<X509Certificate> read(Path pemFile) throws IOException, CertificateException {
        InputStream text = new ByteArrayInputStream(PemText.read(pemFile));
        List<X509Certificate> found = CertificateFactory.getInstance("X.509").generateCertificates(text).stream()
                .map(X509Certificate.class::cast)
                .toList();
        if (found.isEmpty()) {
            throw new CertificateException("it holds no certificate");
        }
        return found;
    }

    /** Believes what these have signed, for the name it is called by, and names whom it does not believe. */
    public static X509ExtendedTrustManager trusting(Collection<X509Certificate> authorities)
            throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        int number = 0;
        for (X509Certificate authority : authorities) {
            store.setCertificateEntry("authority-" + number++, authority);
        }
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return new NamingTrust((X509ExtendedTrustManager) factory.getTrustManagers()[0]);
    }

    /** For a caller who believes the authorities of a file and shows no certificate of his own. */
    public static SSLContext context(Path pemFile) throws IOException, GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {trusting(read(pemFile))}, null);
        return context;
    }
}
