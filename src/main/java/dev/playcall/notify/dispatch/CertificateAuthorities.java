package dev.playcall.notify.dispatch;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.Arrays;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/** Trust in those, and only those, whom the configuration names: a company vouches for its own servers. */
public record CertificateAuthorities(SSLSocketFactory sockets, X509TrustManager manager) {
    /** @param pem certificates that were read once already, so they can be read */
    public static CertificateAuthorities of(String pem) {
        try {
            var trusted = KeyStore.getInstance(KeyStore.getDefaultType());
            trusted.load(null, null);
            int number = 0;
            for (var certificate : CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(pem.getBytes(StandardCharsets.UTF_8)))) {
                trusted.setCertificateEntry("ca" + number++, certificate);
            }
            var managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            managers.init(trusted);
            var manager = Arrays.stream(managers.getTrustManagers())
                    .filter(X509TrustManager.class::isInstance)
                    .map(X509TrustManager.class::cast)
                    .findFirst()
                    .orElseThrow();
            var context = SSLContext.getInstance("TLS");
            context.init(null, new X509TrustManager[] {manager}, null);
            return new CertificateAuthorities(context.getSocketFactory(), manager);
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("certificates that were read before cannot be used", e);
        }
    }
}
