package dev.playcall.notify.mail;

import dev.playcall.config.ReceiverConfig.Encryption;
import dev.playcall.config.ReceiverConfig.Server;
import dev.playcall.notify.dispatch.CertificateAuthorities;
import jakarta.mail.Address;
import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.MimeMessage;
import java.time.Duration;
import java.util.Properties;

/** One conversation with a mail server. */
final class MailMessage {
    static final Timeouts USUAL = new Timeouts(Duration.ofSeconds(5), Duration.ofSeconds(15));

    private final Server server;
    private final Properties properties;

    MailMessage(Server server, Timeouts timeouts) {
        this.server = server;
        this.properties = properties(server, timeouts);
    }

    /** How long a connection may take, and each answer. */
    record Timeouts(Duration connect, Duration answer) {}

    /** A certificate has to be that of the host, whichever way encryption begins. */
    private static Properties properties(Server server, Timeouts timeouts) {
        var p = new Properties();
        var prefix = "mail." + protocol(server) + ".";
        p.put(prefix + "connectiontimeout", Long.toString(timeouts.connect().toMillis()));
        p.put(prefix + "timeout", Long.toString(timeouts.answer().toMillis()));
        p.put(prefix + "writetimeout", Long.toString(timeouts.answer().toMillis()));
        p.put(prefix + "starttls.enable", Boolean.toString(server.encryption() == Encryption.STARTTLS));
        p.put(prefix + "starttls.required", Boolean.toString(server.encryption() == Encryption.STARTTLS));
        p.put(prefix + "ssl.checkserveridentity", "true");
        if (!server.authorities().isEmpty()) {
            p.put(
                    prefix + "ssl.socketFactory",
                    CertificateAuthorities.of(server.authorities()).sockets());
        }
        p.put(prefix + "auth", Boolean.toString(!server.user().isEmpty()));
        // One mailbox that is not there is no reason to tell nobody.
        p.put(prefix + "sendpartial", "true");
        p.put(prefix + "quitwait", "false");
        return p;
    }

    private static String protocol(Server server) {
        return server.encryption() == Encryption.TLS ? "smtps" : "smtp";
    }

    /** A mail in the making. */
    interface Letter {
        MimeMessage write(Session session) throws MessagingException;
    }

    /** Sends it; what was not as it should be, empty when all was well. */
    String send(Letter letter) throws MessagingException {
        var session = Session.getInstance(properties);
        var mail = letter.write(session);
        mail.saveChanges();
        try (var transport = connected(session)) {
            transport.sendMessage(mail, mail.getAllRecipients());
            return "";
        } catch (SendFailedException e) {
            if (count(e.getValidSentAddresses()) == 0) {
                throw e;
            }
            int left = count(e.getInvalidAddresses()) + count(e.getValidUnsentAddresses());
            return left + " of " + mail.getAllRecipients().length + " mailboxes rejected it";
        }
    }

    private static int count(Address @org.jspecify.annotations.Nullable [] addresses) {
        return addresses == null ? 0 : addresses.length;
    }

    private Transport connected(Session session) throws MessagingException {
        var transport = session.getTransport(protocol(server));
        var user = server.user().isEmpty() ? null : server.user();
        var password = server.user().isEmpty() ? null : server.password().reveal();
        transport.connect(server.host(), server.port(), user, password);
        return transport;
    }

    /** Connects, says who we are and goes. */
    void greet() throws MessagingException {
        connected(Session.getInstance(properties)).close();
    }
}
