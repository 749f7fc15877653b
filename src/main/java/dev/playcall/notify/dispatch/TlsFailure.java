package dev.playcall.notify.dispatch;

import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.Locale;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;

/** Why no secure connection came about, in words that say what to do and nothing of the address. */
public final class TlsFailure {
    private static final int DEEPEST = 10;

    private static final String EXPIRED = "its certificate has expired";
    private static final String NOT_YET_VALID = "its certificate is not valid yet";
    private static final String HOST_NAME = "its certificate is for another host name";
    private static final String AUTHORITY = "its certificate is not signed by an authority that is trusted here";

    private TlsFailure() {}

    /** The same for a word of our program that speaks to Apprise. */
    public static String ofApprise(String word) {
        return switch (word) {
            case "expired" -> EXPIRED;
            case "not_yet_valid" -> NOT_YET_VALID;
            case "host_name" -> HOST_NAME;
            case "authority" -> AUTHORITY + " (apprise trusts those in the file that REQUESTS_CA_BUNDLE names)";
            default -> "the TLS handshake failed";
        };
    }

    public static String why(SSLException e) {
        Throwable cause = e;
        for (int i = 0; cause != null && i < DEEPEST; i++, cause = cause.getCause()) {
            var message = String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
            if (cause instanceof CertificateExpiredException) {
                return EXPIRED;
            }
            if (cause instanceof CertificateNotYetValidException) {
                return NOT_YET_VALID;
            }
            if (cause instanceof SSLPeerUnverifiedException
                    || message.contains("subject alternative")
                    || message.contains("no name matching")) {
                return HOST_NAME;
            }
            if (cause instanceof CertPathBuilderException
                    || message.contains("unable to find valid certification path")) {
                return AUTHORITY;
            }
            if (message.contains("unrecognized ssl message")) {
                return "it does not speak TLS at that port";
            }
            if (message.contains("handshake_failure") || message.contains("protocol_version")) {
                return "it accepts no version or cipher of TLS that is used here";
            }
        }
        return e.getClass().getSimpleName();
    }
}
