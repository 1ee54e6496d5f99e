package dev.kvs.tls;

import java.security.KeyManagementException;
import java.security.SecureRandom;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLContextSpi;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocketFactory;
import javax.net.ssl.SSLSessionContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * The TLS of a client that only ever speaks plain HTTP: none. The JDK's client asks for a context when it is built, and the
 * default one reads all the certificates of the system first: a tenth of a second of a node's start, and most of what a short
 * command would do.
 */
public final class WithoutTls extends SSLContextSpi {
    private static final String NAME = "none";

    private WithoutTls() {}

    /** A context that nothing can be asked of: every use of it says that the client speaks plain HTTP alone. */
    public static SSLContext context() {
        return new Context(new WithoutTls());
    }

    private static final class Context extends SSLContext {
        Context(SSLContextSpi none) {
            super(none, null, NAME);
        }
    }

    @Override
    protected SSLParameters engineGetDefaultSSLParameters() {
        return new SSLParameters();
    }

    @Override
    protected SSLParameters engineGetSupportedSSLParameters() {
        return new SSLParameters(new String[0], new String[0]);
    }

    @Override
    protected void engineInit(
            KeyManager @Nullable [] keys, TrustManager @Nullable [] trust, @Nullable SecureRandom random)
            throws KeyManagementException {
        throw new KeyManagementException("this client speaks plain HTTP alone");
    }

    @Override
    protected SSLSocketFactory engineGetSocketFactory() {
        throw plain();
    }

    @Override
    protected SSLServerSocketFactory engineGetServerSocketFactory() {
        throw plain();
    }

    @Override
    protected SSLEngine engineCreateSSLEngine() {
        throw plain();
    }

    @Override
    protected SSLEngine engineCreateSSLEngine(String host, int port) {
        throw plain();
    }

    @Override
    protected SSLSessionContext engineGetServerSessionContext() {
        throw plain();
    }

    @Override
    protected SSLSessionContext engineGetClientSessionContext() {
        throw plain();
    }

    private static IllegalStateException plain() {
        return new IllegalStateException("this client speaks plain HTTP alone");
    }
}
