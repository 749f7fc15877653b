package dev.playcall.notify.mail;

import dev.playcall.notify.Excerpt;
import dev.playcall.notify.Parcel;
import dev.playcall.notify.Severity;
import dev.playcall.notify.wording.MailPage;
import dev.playcall.notify.wording.Wording.Words;
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
final class Letters {
    private static final String UTF_8 = StandardCharsets.UTF_8.name();
    private static final int SUBJECT = 200;
    private static final int TEXT = 100_000;
    private static final int SHORT = 2_000;

    private final String from;
    private final List<String> to;
    private final String domain;

    Letters(String from, List<String> to) {
        this.from = from;
        this.to = List.copyOf(to);
        this.domain = from.substring(from.lastIndexOf('@') + 1).replace(">", "").strip();
    }

    /** The name of a mail: the same over all attempts of a delivery, and after a restart. */
    String name(Parcel parcel) {
        return "<playcall-" + parcel.id() + "-" + parcel.createdAt().toEpochMilli() + "@" + domain + ">";
    }

    /** Text, and the same as a page. */
    Post.Letter full(Parcel parcel, Words words) {
        return session -> {
            var c = parcel.content();
            var text = new MimeBodyPart();
            text.setText(words.body(c, TEXT), UTF_8);
            var page = new MimeBodyPart();
            page.setText(MailPage.of(c, words), UTF_8, "html");
            var mail = head(session, parcel, words);
            mail.setContent(new MimeMultipart("alternative", text, page));
            return mail;
        };
    }

    /** A few lines of text and nothing else. */
    Post.Letter plain(Parcel parcel, Words words) {
        return session -> {
            var mail = head(session, parcel, words);
            mail.setText(Excerpt.of(words.title() + "\n\n" + words.body(parcel.content(), SHORT), SHORT), UTF_8);
            return mail;
        };
    }

    private MimeMessage head(Session session, Parcel parcel, Words words) throws MessagingException {
        var mail = new Named(session, name(parcel));
        mail.setFrom(new InternetAddress(from));
        for (var address : to) {
            mail.addRecipient(RecipientType.TO, new InternetAddress(address));
        }
        mail.setSubject(Excerpt.of(words.title(), SUBJECT), UTF_8);
        mail.setSentDate(Date.from(parcel.createdAt()));
        for (var first : parcel.earlier().stream().toList()) {
            mail.setHeader("In-Reply-To", Excerpt.line(first));
            mail.setHeader("References", Excerpt.line(first));
        }
        // Nobody's holiday notice answers this.
        mail.setHeader("Auto-Submitted", "auto-generated");
        mail.setHeader("X-Auto-Response-Suppress", "All");
        var c = parcel.content();
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
