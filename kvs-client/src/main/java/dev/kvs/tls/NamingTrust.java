package dev.kvs.tls;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Says whose certificate was refused, which the JDK leaves out; and refuses one that has expired even when it is believed
 * by itself and not for its authority, which the JDK would let pass.
 */
final class NamingTrust extends X509ExtendedTrustManager {
    /** A name is the stranger's own text: this much of it goes into a log. */
    private static final int NAME_MAX = 100;

    private final X509ExtendedTrustManager judge;

    NamingTrust(X509ExtendedTrustManager judge) {
        this.judge = judge;
    }

    /** One of the judge's questions. */
    @FunctionalInterface
    private interface Question {
        void ask() throws CertificateException;
    }

    private static void naming(X509Certificate[] chain, Question question) throws CertificateException {
        try {
            question.ask();
            chain[0].checkValidity();
        } catch (CertificateException refused) {
            String who = name(chain[0].getSubjectX500Principal().getName()) + ", issued by "
                    + name(chain[0].getIssuerX500Principal().getName());
            throw new CertificateException(who + ": " + refused.getMessage(), refused);
        }
    }

    private static String name(String text) {
        String visible = text.replaceAll("[^ -~]", "?");
        return visible.length() <= NAME_MAX ? visible : visible.substring(0, NAME_MAX) + "...";
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        naming(chain, () -> judge.checkClientTrusted(chain, authType));
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        naming(chain, () -> judge.checkClientTrusted(chain, authType, socket));
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        naming(chain, () -> judge.checkClientTrusted(chain, authType, engine));
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        naming(chain, () -> judge.checkServerTrusted(chain, authType));
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        naming(chain, () -> judge.checkServerTrusted(chain, authType, socket));
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        naming(chain, () -> judge.checkServerTrusted(chain, authType, engine));
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return judge.getAcceptedIssuers();
    }
}
