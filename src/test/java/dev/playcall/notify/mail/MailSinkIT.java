package dev.playcall.notify.mail;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import dev.playcall.config.Config.Secret;
import dev.playcall.config.ReceiverConfig.Encryption;
import dev.playcall.config.ReceiverConfig.Server;
import dev.playcall.notify.NotificationSamples;
import dev.playcall.notify.dispatch.Sink.Result;
import dev.playcall.notify.event.Notification;
import dev.playcall.notify.event.NotificationEvent;
import dev.playcall.notify.event.Severity;
import dev.playcall.notify.template.NotificationTemplates;
import jakarta.mail.BodyPart;
import jakarta.mail.Multipart;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Mails over real SMTP. */
class MailSinkIT {
    private static final String PASSWORD = "p4ss wörd";
    private static final MailMessage.Timeouts QUICK =
            new MailMessage.Timeouts(Duration.ofSeconds(2), Duration.ofSeconds(1));

    @TempDir
    private Path folder;

    private final GreenMail mail =
            new GreenMail(new ServerSetup[] {setup(ServerSetup.PROTOCOL_SMTP), setup(ServerSetup.PROTOCOL_SMTPS)});

    private static ServerSetup setup(String protocol) {
        var setup = new ServerSetup(0, "127.0.0.1", protocol);
        setup.setServerStartupTimeout(30_000);
        return setup;
    }

    @BeforeEach
    void open() {
        mail.setUser("robot", "robot", PASSWORD);
        mail.start();
        mail.getUserManager().setAuthRequired(true);
    }

    @AfterEach
    void close() {
        mail.stop();
    }

    private MailSink sink(int port, Encryption encryption, String user, String password, String... to) {
        return sink(new Server("127.0.0.1", port, encryption, user, new Secret(password)), to);
    }

    private static MailSink sink(Server server, String... to) {
        return new MailSink(
                server,
                "Playcall <ops@example.org>",
                List.of(to),
                NotificationTemplates.USUAL,
                QUICK,
                Duration.ofSeconds(4));
    }

    private MailSink good() {
        return sink(mail.getSmtp().getPort(), Encryption.NONE, "robot", PASSWORD, "a@example.org", "B <b@example.org>");
    }

    private MimeMessage last() {
        var all = mail.getReceivedMessages();
        return all[all.length - 1];
    }

    private static String part(MimeMessage message, int number) throws Exception {
        BodyPart part = ((Multipart) message.getContent()).getBodyPart(number);
        return String.valueOf(part.getContent());
    }

    @Test
    void aMailHasTextAndPageAndNamesWhatItIs() throws Exception {
        var notification = NotificationSamples.open("Größe – диск full <b>", "97 % <script>alert(1)</script> 🔥");
        assertThat(good().deliver(notification)).isInstanceOf(Result.Delivered.class);
        assertThat(mail.getReceivedMessages()).hasSize(2);
        var got = last();
        assertThat(got.getSubject()).isEqualTo("ERROR: Größe – диск full <b>");
        assertThat(got.getAllRecipients()).hasSize(2);
        assertThat(got.getContentType()).startsWith("multipart/alternative");
        assertThat(part(got, 0)).contains("97 % <script>alert(1)</script> 🔥", "https://page.example.org/runs/7");
        assertThat(part(got, 1))
                .contains("&lt;script&gt;alert(1)&lt;/script&gt; 🔥", "href=\"https://page.example.org/runs/7\"")
                .doesNotContain("<script>");
        assertThat(got.getHeader("Auto-Submitted")).containsExactly("auto-generated");
        assertThat(got.getSentDate().toInstant()).isEqualTo(NotificationSamples.NOW);
    }

    @Test
    void mailsOfOneThreadNameTheFirstAndARepetitionHasTheSameName() throws Exception {
        var opened = NotificationSamples.content(
                NotificationSamples.item(NotificationEvent.Status.OPEN, Severity.CRITICAL, "down", "x", ""));
        var first = good().deliver(NotificationSamples.of(7, Optional.empty(), opened));
        var name = last().getMessageID();
        assertThat(first).isEqualTo(new Result.Delivered(name));
        assertThat(last().getHeader("Importance")).containsExactly("high");
        assertThat(last().getHeader("In-Reply-To")).isNull();

        // Another process sends the same delivery again, and then the end.
        good().deliver(NotificationSamples.of(7, Optional.empty(), opened));
        assertThat(last().getMessageID()).isEqualTo(name);
        var over = NotificationSamples.content(
                NotificationSamples.item(NotificationEvent.Status.RESOLVED, Severity.CRITICAL, "down", "x", ""));
        assertThat(good().deliver(NotificationSamples.of(9, Optional.of(name), over)))
                .isEqualTo(new Result.Delivered(name));
        assertThat(last().getMessageID()).isNotEqualTo(name);
        assertThat(last().getHeader("In-Reply-To")).containsExactly(name);
        assertThat(last().getHeader("References")).containsExactly(name);
        assertThat(last().getSubject()).isEqualTo("Resolved: down");
    }

    @Test
    void aTitleCannotWriteAnotherHeader() throws Exception {
        for (var evil :
                List.of("x\r\nBcc: c@example.org", "x\nX-Evil: 1\n\nbody", "x\u2028Bcc: c@example.org", "a\0b")) {
            assertThat(good().deliver(NotificationSamples.open(evil, evil))).isInstanceOf(Result.Delivered.class);
            assertThat(last().getHeader("Bcc")).isNull();
            assertThat(last().getHeader("X-Evil")).isNull();
            assertThat(last().getAllRecipients()).hasSize(2);
            assertThat(last().getHeader("Subject", null)).doesNotContain("\nX-Evil", "\nBcc");
        }
    }

    @Test
    void whoIsNotKnownIsToldSoAndItIsTriedAgain() {
        var wrong = sink(mail.getSmtp().getPort(), Encryption.NONE, "robot", "wr0ng-secret", "a@example.org")
                .deliver(NotificationSamples.open("t", ""));
        assertThat(wrong)
                .isEqualTo(new Result.Retry(
                        "its mail server rejects user and password", Optional.of(Duration.ofMinutes(10))));
        assertThat(wrong.toString()).doesNotContain("wr0ng");
    }

    @Test
    void aCertificateThatNobodyVouchesForIsNotTalkedTo() {
        assertThat(sink(mail.getSmtps().getPort(), Encryption.TLS, "robot", PASSWORD, "a@example.org")
                        .deliver(NotificationSamples.open("t", "")))
                .isInstanceOf(Result.Retry.class)
                .asString()
                .contains("no secure connection", "not signed by an authority that is trusted here");
        assertThat(sink(mail.getSmtp().getPort(), Encryption.STARTTLS, "robot", PASSWORD, "a@example.org")
                        .deliver(NotificationSamples.open("t", "")))
                .as("a server without STARTTLS is told nothing in the open")
                .isEqualTo(new Result.Retry("its mail server offers no STARTTLS", Optional.empty()));
        assertThat(mail.getReceivedMessages()).isEmpty();
    }

    private static SSLContext identity(KeyStore keys, String password) throws GeneralSecurityException {
        var managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, password.toCharArray());
        var context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return context;
    }

    /** The keys of a server whose name is that of this host, made with the JDK's own tool. */
    private KeyStore keys(String name) throws Exception {
        var file = folder.resolve(name.replaceAll("\\W", "-") + ".p12");
        var tool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        var made = new ProcessBuilder(
                        tool,
                        "-genkeypair",
                        "-alias",
                        "mail",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=mail",
                        "-ext",
                        "san=" + name,
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        "changeit",
                        "-keystore",
                        file.toString())
                .redirectErrorStream(true)
                .start();
        assertThat(made.waitFor())
                .as(new String(made.getInputStream().readAllBytes(), UTF_8))
                .isZero();
        return KeyStore.getInstance(file.toFile(), "changeit".toCharArray());
    }

    private static String pem(KeyStore keys) throws GeneralSecurityException {
        var der = keys.getCertificate("mail").getEncoded();
        return "-----BEGIN CERTIFICATE-----\n"
                + Base64.getMimeEncoder(64, "\n".getBytes(UTF_8)).encodeToString(der)
                + "\n-----END CERTIFICATE-----\n";
    }

    @Test
    void aCompanyVouchesForItsOwnServerAndNothingIsSaidInTheOpen() throws Exception {
        var keys = keys("ip:127.0.0.1");
        try (var server = new SmtpScript().encrypts(identity(keys, "changeit"))) {
            var known = new Server(
                    "127.0.0.1", server.port(), Encryption.STARTTLS, "robot", new Secret(PASSWORD), pem(keys));
            assertThat(sink(known, "a@example.org").deliver(NotificationSamples.open("down", "x")))
                    .isInstanceOf(Result.Delivered.class);
            var heard = server.heard();
            assertThat(heard.subList(0, heard.indexOf("(encrypted)")))
                    .as("before the encryption only greetings are said")
                    .allMatch(l -> l.startsWith("EHLO ") || l.equals("STARTTLS"));
            assertThat(heard.subList(heard.indexOf("(encrypted)"), heard.size()))
                    .anyMatch(l -> l.startsWith("AUTH "))
                    .anyMatch(l -> l.startsWith("Subject: ERROR: down"));

            var stranger = new Server(
                    "127.0.0.1",
                    server.port(),
                    Encryption.STARTTLS,
                    "robot",
                    new Secret(PASSWORD),
                    pem(keys("dns:other")));
            assertThat(sink(stranger, "a@example.org")
                            .deliver(NotificationSamples.open("t", ""))
                            .toString())
                    .contains("no secure connection");
        }
    }

    @Test
    void aCertificateOfAnotherHostIsNotEnough() throws Exception {
        var keys = keys("dns:mail.example.org");
        try (var server = new SmtpScript().encrypts(identity(keys, "changeit"))) {
            var wrong = new Server(
                    "127.0.0.1", server.port(), Encryption.STARTTLS, "robot", new Secret(PASSWORD), pem(keys));
            assertThat(sink(wrong, "a@example.org").deliver(NotificationSamples.open("t", "")))
                    .isInstanceOf(Result.Retry.class);
            assertThat(server.heard()).noneMatch(l -> l.startsWith("AUTH ") || l.startsWith("MAIL "));
        }
    }

    @Test
    void everyAnswerOfAServerIsTakenForWhatItMeans() throws IOException {
        record Row(String command, String answer, Class<? extends Result> result, String why) {}
        var rows = List.of(
                new Row("HELLO", "421 busy t0ken", Result.Retry.class, "421"),
                new Row("HELLO", "554 no", Result.Retry.class, "421"),
                new Row("MAIL", "451 later t0ken", Result.Retry.class, "451"),
                new Row("MAIL", "553 not you t0ken", Result.Rejected.class, "553"),
                new Row("RCPT", "450 grey t0ken", Result.Retry.class, "450"),
                new Row("RCPT", "550 nobody t0ken", Result.Rejected.class, "550"),
                new Row("DATA", "452 full", Result.Retry.class, "452"),
                new Row("DATA", "554 no", Result.Rejected.class, "554"),
                new Row("BODY", "451 later t0ken", Result.Retry.class, "451"),
                new Row("BODY", "554 spam t0ken", Result.Rejected.class, "554"),
                new Row("AUTH", "454 later", Result.Retry.class, "user and password"),
                new Row("AUTH", "535 no t0ken", Result.Retry.class, "user and password"));
        for (var row : rows) {
            try (var server = new SmtpScript().says(row.command(), row.answer())) {
                var result = sink(server.port(), Encryption.NONE, "robot", PASSWORD, "a@example.org")
                        .deliver(NotificationSamples.open("t", ""));
                assertThat(result).as(row.toString()).isInstanceOf(row.result());
                assertThat(result.toString())
                        .as(row.toString())
                        .contains(row.why())
                        .doesNotContain("t0ken");
            }
        }
    }

    @Test
    @Timeout(60)
    void aServerThatHangsHoldsNobodyUp() throws IOException {
        for (var command : List.of("HELLO", "EHLO", "RCPT", "BODY")) {
            try (var server = new SmtpScript().says(command, "")) {
                assertThat(sink(server.port(), Encryption.NONE, "robot", PASSWORD, "a@example.org")
                                .deliver(NotificationSamples.open("t", "")))
                        .as(command)
                        .isEqualTo(new Result.Retry("its mail server did not answer in time", Optional.empty()));
            }
        }
    }

    @Test
    void aServerThatTalksForEverIsLeft() throws IOException {
        try (var server = new SmtpScript().says("EHLO", "250-x\r\n".repeat(100_000) + "250-and so on")) {
            assertThat(sink(server.port(), Encryption.NONE, "", "", "a@example.org")
                            .deliver(NotificationSamples.open("t", "")))
                    .isInstanceOf(Result.Retry.class);
        }
    }

    @Test
    void nobodyThereIsTriedAgain() throws IOException {
        int port;
        try (var socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        assertThat(sink(port, Encryption.NONE, "robot", PASSWORD, "a@example.org")
                        .deliver(NotificationSamples.open("t", "")))
                .isEqualTo(new Result.Retry("connection refused by its mail server", Optional.empty()));
        var nameless = new Server("no-such-host.invalid", 25, Encryption.NONE, "", new Secret(""));
        assertThat(new MailSink(nameless, "a@example.org", List.of("b@example.org"), NotificationTemplates.USUAL)
                        .deliver(NotificationSamples.open("t", "")))
                .isEqualTo(new Result.Retry("its mail server has no address", Optional.empty()));
    }

    @Test
    void oneMailboxThatIsNotThereDoesNotKeepItFromTheOthers() throws IOException {
        try (var server = new SmtpScript().says("RCPT TO:<gone@example.org>", "550 nobody")) {
            var result = sink(server.port(), Encryption.NONE, "", "", "a@example.org", "gone@example.org")
                    .deliver(NotificationSamples.open("t", ""));
            assertThat(result).isInstanceOf(Result.Delivered.class).asString().contains("1 of 2 mailboxes rejected it");
        }
    }

    @Test
    void aMailThatIsTooMuchIsSaidInAFewLines() throws IOException {
        try (var server = new SmtpScript().says("BODY", "552 too large")) {
            var items = java.util.stream.IntStream.range(0, 20)
                    .mapToObj(i -> NotificationSamples.item(
                            NotificationEvent.Status.OPEN, Severity.ERROR, "host" + i + " down", "y".repeat(3_000), ""))
                    .toArray(Notification.Item[]::new);
            sink(server.port(), Encryption.NONE, "", "", "a@example.org")
                    .deliver(NotificationSamples.of(NotificationSamples.content(items)));
            var said = String.join("\n", server.heard());
            int first = said.indexOf("\nDATA\n");
            var again = said.substring(said.indexOf("\nDATA\n", first + 1) + 1);
            assertThat(said.substring(first, first + 2_000)).contains("multipart/alternative");
            assertThat(again)
                    .startsWith("DATA\n")
                    .contains("text/plain")
                    .doesNotContain("multipart")
                    .hasSizeLessThan(5_000);
        }
    }

    @Test
    void theCheckSaysWhatIsWrong() {
        assertThat(good().check()).isEmpty();
        assertThat(sink(mail.getSmtp().getPort(), Encryption.NONE, "robot", "no", "a@example.org")
                        .check())
                .contains("its mail server rejects user and password");
    }
}
