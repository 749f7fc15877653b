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

    private TlsFailure() {}

    public static String why(SSLException e) {
        Throwable cause = e;
        for (int i = 0; cause != null && i < DEEPEST; i++, cause = cause.getCause()) {
            var said = String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
            if (cause instanceof CertificateExpiredException) {
                return "its certificate has expired";
            }
            if (cause instanceof CertificateNotYetValidException) {
                return "its certificate is not valid yet";
            }
            if (cause instanceof SSLPeerUnverifiedException
                    || said.contains("subject alternative")
                    || said.contains("no name matching")) {
                return "its certificate is for another host name";
            }
            if (cause instanceof CertPathBuilderException || said.contains("unable to find valid certification path")) {
                return "its certificate is not signed by an authority that is trusted here";
            }
            if (said.contains("unrecognized ssl message")) {
                return "it does not speak TLS at that port";
            }
            if (said.contains("handshake_failure") || said.contains("protocol_version")) {
                return "it accepts no version or cipher of TLS that is used here";
            }
        }
        return e.getClass().getSimpleName();
    }
}
