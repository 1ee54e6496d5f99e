package dev.kvs.tls;

import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Why there was no agreement on TLS, in the words of whoever has to mend it. "It" is the other side. */
public final class TlsFailure {
    /** What a chain of causes is followed for; the JDK nests four or five. */
    private static final int DEPTH_MAX = 10;

    private TlsFailure() {}

    /**
     * The explanation; empty when it was not TLS that failed.
     *
     * @param authorities where the caller is told whom to believe, for example {@code tls_client_ca_file}
     */
    public static Optional<String> explained(@Nullable Throwable failure, String authorities) {
        List<Throwable> causes = causes(failure);
        return find(causes, SSLException.class)
                .map(tls -> find(causes, CertificateException.class)
                        .map(refused -> certificate(causes, refused.getMessage(), authorities))
                        .orElseGet(() -> agreement(String.valueOf(tls.getMessage()))));
    }

    /** Whether a certificate that the other side has shown was refused; what it was and why. */
    public static Optional<String> refusedCertificate(Throwable failure, String authorities) {
        List<Throwable> causes = causes(failure);
        return find(causes, CertificateException.class)
                .map(refused -> certificate(causes, refused.getMessage(), authorities));
    }

    private static String certificate(List<Throwable> causes, @Nullable String said, String authorities) {
        String lower = String.valueOf(said).toLowerCase(Locale.ROOT);
        if (find(causes, CertificateExpiredException.class).isPresent()) {
            return "its certificate has expired (" + said + ")";
        }
        if (find(causes, CertificateNotYetValidException.class).isPresent()) {
            return "its certificate is not valid yet, or a clock is wrong (" + said + ")";
        }
        if (lower.contains("subject alternative") || lower.contains("no name matching")) {
            return "its certificate is for another name or address (" + said
                    + "); it must cover the one by which it is called";
        }
        return "its certificate is not signed by an authority that is believed here (" + said + "); see " + authorities;
    }

    private static String agreement(String said) {
        String lower = said.toLowerCase(Locale.ROOT);
        if (lower.contains("received fatal alert") && (lower.contains("certificate") || lower.contains("unknown_ca"))) {
            return "it does not believe the certificate that was shown to it (" + said + ")";
        }
        if (lower.contains("unrecognized ssl message")) {
            return "it does not speak TLS";
        }
        return "TLS failed (" + said + ")";
    }

    private static List<Throwable> causes(@Nullable Throwable failure) {
        List<Throwable> causes = new ArrayList<>();
        for (Throwable cause = failure; cause != null && causes.size() < DEPTH_MAX; cause = cause.getCause()) {
            causes.add(cause);
        }
        return causes;
    }

    private static <T extends Throwable> Optional<T> find(List<Throwable> causes, Class<T> kind) {
        return causes.stream().filter(kind::isInstance).map(kind::cast).findFirst();
    }
}
