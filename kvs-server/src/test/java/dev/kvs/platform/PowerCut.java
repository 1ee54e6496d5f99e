package dev.kvs.platform;

import java.io.IOException;

/** Thrown by a {@link SimDisk} by the operation during which the power is cut, and by all calls until the restart. */
public final class PowerCut extends IOException {
    private static final long serialVersionUID = 1;

    PowerCut(String message) {
        super(message);
    }

    /** Whether a power cut is somewhere among the causes of {@code failure}. */
    public static boolean caused(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof PowerCut) {
                return true;
            }
        }
        return false;
    }
}
