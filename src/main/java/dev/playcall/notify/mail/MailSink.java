package dev.playcall.notify.mail;

import dev.playcall.config.ReceiverConfig.Server;
import dev.playcall.domain.format.TextFormat;
import dev.playcall.notify.dispatch.Sink;
import dev.playcall.notify.event.Notification;
import dev.playcall.notify.template.NotificationTemplates;
import jakarta.mail.MessagingException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Mailboxes. What goes on together is one thread of mails; a mail that is sent again has the name that it had before, so
 * that a server which took it can tell.
 */
public final class MailSink implements Sink {
    private static final Duration TIMEOUT = Duration.ofSeconds(45);

    private final MailMessage mailMessage;
    private final MailFactory mailFactory;
    private final NotificationTemplates notificationTemplates;
    private final Duration timeout;

    public MailSink(Server server, String from, List<String> to, NotificationTemplates notificationTemplates) {
        this(server, from, to, notificationTemplates, MailMessage.USUAL, TIMEOUT);
    }

    MailSink(
            Server server,
            String from,
            List<String> to,
            NotificationTemplates notificationTemplates,
            MailMessage.Timeouts timeouts,
            Duration timeout) {
        this.mailMessage = new MailMessage(server, timeouts);
        this.mailFactory = new MailFactory(from, to);
        this.notificationTemplates = notificationTemplates;
        this.timeout = timeout;
    }

    @Override
    public Result deliver(Notification notification) {
        return within(timeout, () -> send(notification));
    }

    private Result send(Notification notification) {
        var words = notificationTemplates.of(notification.content());
        var ref = notification.earlier().orElseGet(() -> mailFactory.name(notification));
        try {
            return new Result.Delivered(ref, mailMessage.send(mailFactory.full(notification, words)))
                    .noting(words.note());
        } catch (MessagingException e) {
            return SmtpAnswers.isMismade(e) ? plainly(notification, words, ref) : SmtpAnswers.of(e);
        }
    }

    /** A mail that was refused for what it says, or how much, is said again in few words. */
    private Result plainly(Notification notification, NotificationTemplates.Words words, String ref) {
        try {
            var note = mailMessage.send(mailFactory.plain(notification, words));
            return new Result.Delivered(ref, note)
                    .noting("the full mail was rejected; a plain one was accepted")
                    .noting(words.note());
        } catch (MessagingException e) {
            return SmtpAnswers.of(e);
        }
    }

    /** A server may speak one word every few seconds for ever; who waits too long hangs up. */
    private static Result within(Duration time, Callable<Result> work) {
        try (var thread = Executors.newVirtualThreadPerTaskExecutor()) {
            var result = thread.submit(work);
            try {
                return result.get(time.toMillis(), TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                // Closes the socket that it reads from.
                result.cancel(true);
                return new Result.Retry(
                        "its mail server did not finish within " + TextFormat.duration(time), Optional.empty());
            } catch (ExecutionException e) {
                throw new IllegalStateException("the mail cannot be created", e.getCause());
            } catch (InterruptedException e) {
                result.cancel(true);
                Thread.currentThread().interrupt();
                return new Result.Retry("Playcall stopped while sending a mail", Optional.empty());
            }
        }
    }

    /** Whether the server would take mails from us; what it does not like, in one line. */
    public Optional<String> check() {
        return switch (within(timeout, () -> {
            try {
                mailMessage.greet();
                return new Result.Delivered("");
            } catch (MessagingException e) {
                return SmtpAnswers.of(e);
            }
        })) {
            case Result.Delivered _ -> Optional.empty();
            case Result.Retry(var why, var _) -> Optional.of(why);
            case Result.Rejected(var why) -> Optional.of(why);
            case Result.Refused(var why) -> Optional.of(why);
        };
    }
}
