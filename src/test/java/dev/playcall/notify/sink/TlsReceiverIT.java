package dev.playcall.notify.sink;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.playcall.config.ReceiverConfig.Connection;
import dev.playcall.notify.NotificationSamples;
import dev.playcall.notify.dispatch.Sink;
import dev.playcall.notify.dispatch.Sink.Result;
import dev.playcall.notify.routing.Mentions;
import dev.playcall.notify.template.NotificationTemplates;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Receivers whose certificate a company vouches for itself: {@code ca:} lets them in, and what is wrong is named. */
class TlsReceiverIT {
    private static final String PASSWORD = "changeit";

    @TempDir
    private static Path folder;

    private static KeyStore keys;

    @BeforeAll
    static void makeCertificates() throws Exception {
        keytool("ca", "-dname", "CN=Our own authority", "-ext", "bc:c");
        keytool("good", "-dname", "CN=good", "-ext", "san=ip:127.0.0.1", "-signer", "ca");
        keytool(
                "expired",
                "-dname",
                "CN=expired",
                "-ext",
                "san=ip:127.0.0.1",
                "-signer",
                "ca",
                "-startdate",
                "-9d",
                "-validity",
                "3");
        keytool("other", "-dname", "CN=other", "-ext", "san=dns:other.example.org", "-signer", "ca");
        keys = KeyStore.getInstance(folder.resolve("keys.p12").toFile(), PASSWORD.toCharArray());
    }

    /** The JDK's own tool makes a key pair and its certificate. */
    private static void keytool(String alias, String... more) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(), "-genkeypair", "-alias", alias));
        command.addAll(List.of("-keyalg", "EC", "-storetype", "PKCS12", "-storepass", PASSWORD));
        command.addAll(List.of("-keystore", folder.resolve("keys.p12").toString()));
        command.addAll(List.of(more));
        var made = new ProcessBuilder(command).redirectErrorStream(true).start();
        var said = new String(made.getInputStream().readAllBytes(), UTF_8);
        assertThat(made.waitFor()).as(said).isZero();
    }

    /** The authority's certificate, as it would stand in the file that {@code ca:} names. */
    private static String pem(String alias) throws GeneralSecurityException {
        return "-----BEGIN CERTIFICATE-----\n"
                + Base64.getMimeEncoder(64, "\n".getBytes(UTF_8))
                        .encodeToString(keys.getCertificate(alias).getEncoded())
                + "\n-----END CERTIFICATE-----\n";
    }

    private static HttpsServer server(String alias) throws Exception {
        var own = KeyStore.getInstance("PKCS12");
        own.load(null, null);
        own.setKeyEntry(
                alias,
                keys.getKey(alias, PASSWORD.toCharArray()),
                PASSWORD.toCharArray(),
                keys.getCertificateChain(alias));
        var managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(own, PASSWORD.toCharArray());
        var context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        var server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context));
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", exchange -> {
            exchange.getRequestBody().readAllBytes();
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        server.start();
        return server;
    }

    private static Result deliver(String alias, String authorities) throws Exception {
        var server = server(alias);
        try {
            return sinks(address(server), authorities).getFirst().deliver(NotificationSamples.open("t", ""));
        } finally {
            server.stop(0);
        }
    }

    private static URI address(HttpsServer server) {
        return URI.create("https://127.0.0.1:" + server.getAddress().getPort() + "/T0KEN/topic");
    }

    /** Every kind of receiver that has an address on the web. */
    private static List<Sink> sinks(URI to, String authorities) {
        var connection = new Connection(true, authorities);
        var words = NotificationTemplates.USUAL;
        return List.of(
                new WebhookSink(to, List.of(), connection, words, () -> NotificationSamples.NOW),
                new ChatWebhookSink(to, ChatWebhookSink.Kind.SLACK, connection, words, Mentions.NONE),
                new ChatWebhookSink(to, ChatWebhookSink.Kind.DISCORD, connection, words, Mentions.NONE),
                new NtfySink(to, Optional.empty(), connection, words),
                new AppriseApiSink(to, "", connection, words));
    }

    @Test
    void whomOurOwnAuthorityVouchesForIsToldWhateverKindOfReceiverItIs() throws Exception {
        var server = server("good");
        try {
            for (var sink : sinks(address(server), pem("ca"))) {
                assertThat(sink.deliver(NotificationSamples.open("t", "")))
                        .as(sink.getClass().getSimpleName())
                        .isInstanceOf(Result.Delivered.class);
            }
        } finally {
            server.stop(0);
        }
    }

    @Test
    void whyNoSecureConnectionCameAboutIsOneLineWithoutTheAddress() throws Exception {
        var unknown = "its certificate is not signed by an authority that is trusted here";
        assertRefused(deliver("good", ""), unknown);
        assertRefused(deliver("good", pem("other")), unknown);
        assertRefused(deliver("expired", pem("ca")), "its certificate has expired");
        assertRefused(deliver("other", pem("ca")), "its certificate is for another host name");
    }

    @Test
    void appriseSaysWhyAsWell() throws Exception {
        assumeThat(Files.isExecutable(Path.of("/usr/bin/apprise")))
                .as("apprise is not installed: apt-get install apprise")
                .isTrue();
        var authority = Files.writeString(folder.resolve("ca.pem"), pem("ca"));
        var trusting = Map.of("PATH", "/usr/bin:/bin", "REQUESTS_CA_BUNDLE", authority.toString());
        try (var apprise = new Apprise(folder.resolve("a"), trusting);
                var strange = new Apprise(folder.resolve("b"), Map.of("PATH", "/usr/bin:/bin"))) {
            assertThat(through(apprise, "good")).isInstanceOf(Result.Delivered.class);
            assertRefused(through(apprise, "expired"), "its certificate has expired");
            assertRefused(through(apprise, "other"), "its certificate is for another host name");
            assertThat(through(strange, "good").toString())
                    .contains(
                            "no secure connection: its certificate is not signed by an authority", "REQUESTS_CA_BUNDLE")
                    .doesNotContain("T0KEN", "127.0.0.1");
        }
    }

    private static Result through(Apprise apprise, String alias) throws Exception {
        var server = server(alias);
        try {
            var url = address(server).toString().replace("https:", "jsons:");
            return new AppriseSink(url, apprise, NotificationTemplates.USUAL)
                    .deliver(NotificationSamples.open("t", ""));
        } finally {
            server.stop(0);
        }
    }

    private static void assertRefused(Result result, String why) {
        assertThat(result).isEqualTo(new Result.Retry("no secure connection: " + why, Optional.empty()));
    }
}
