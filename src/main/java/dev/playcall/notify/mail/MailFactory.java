package dev.playcall.notify.mail;

import dev.playcall.domain.Truncate;
import dev.playcall.notify.event.Notification;
import dev.playcall.notify.event.Severity;
import dev.playcall.notify.template.MailPage;
import dev.playcall.notify.template.NotificationTemplates.Words;
import jakarta.mail.Message.RecipientType;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.nio.charset.StandardCharsets;
import java.util.Date;
import java.util.List;

/** Makes mails of messages. Every mail of a thread names the first one, so that mail programs show them together. */
final class MailFactory {
    private static final String UTF_8 = StandardCharsets.UTF_8.name();
    private static final int SUBJECT = 200;
    private static final int TEXT = 100_000;
    private static final int SHORT = 2_000;

    private final String from;
    private final List<String> to;
    private final String domain;

    MailFactory(String from, List<String> to) {
        this.from = from;
        this.to = List.copyOf(to);
        this.domain = from.substring(from.lastIndexOf('@') + 1).replace(">", "").strip();
    }

    /** The name of a mail: the same over all attempts of a delivery, and after a restart. */
    String name(Notification notification) {
        return "<playcall-" + notification.id() + "-" + notification.createdAt().toEpochMilli() + "@" + domain + ">";
    }

    /** Text, and the same as a page. */
    MailMessage.Letter full(Notification notification, Words words) {
        return session -> {
            var c = notification.content();
            var text = new MimeBodyPart();
            text.setText(words.body(c, TEXT), UTF_8);
            var page = new MimeBodyPart();
            page.setText(MailPage.of(c, words), UTF_8, "html");
            var mail = head(session, notification, words);
            mail.setContent(new MimeMultipart("alternative", text, page));
            return mail;
        };
    }

    /** A few lines of text and nothing else. */
    MailMessage.Letter plain(Notification notification, Words words) {
        return session -> {
            var mail = head(session, notification, words);
            mail.setText(Truncate.of(words.title() + "\n\n" + words.body(notification.content(), SHORT), SHORT), UTF_8);
            return mail;
        };
    }

    private MimeMessage head(Session session, Notification notification, Words words) throws MessagingException {
        var mail = new Named(session, name(notification));
        mail.setFrom(new InternetAddress(from));
        for (var address : to) {
            mail.addRecipient(RecipientType.TO, new InternetAddress(address));
        }
        mail.setSubject(Truncate.of(words.title(), SUBJECT), UTF_8);
        mail.setSentDate(Date.from(notification.createdAt()));
        for (var first : notification.earlier().stream().toList()) {
            mail.setHeader("In-Reply-To", Truncate.line(first));
            mail.setHeader("References", Truncate.line(first));
        }
        // Nobody's holiday notice answers this.
        mail.setHeader("Auto-Submitted", "auto-generated");
        mail.setHeader("X-Auto-Response-Suppress", "All");
        var c = notification.content();
        if (c.open() + c.events() > 0 && c.severity() == Severity.CRITICAL) {
            mail.setHeader("Importance", "high");
            mail.setHeader("X-Priority", "1");
        }
        return mail;
    }

    private static final class Named extends MimeMessage {
        private final String name;

        Named(Session session, String name) {
            super(session);
            this.name = name;
        }

        @Override
        protected void updateMessageID() throws MessagingException {
            setHeader("Message-ID", name);
        }
    }
}
