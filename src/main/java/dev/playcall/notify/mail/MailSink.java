package dev.playcall.notify.mail;

import dev.playcall.config.Receiver.Server;
import dev.playcall.notify.Parcel;
import dev.playcall.notify.Sink;
import dev.playcall.notify.sink.Noted;
import dev.playcall.notify.wording.Wording;
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
    private static final Duration PATIENCE = Duration.ofSeconds(45);

    private final Post post;
    private final Letters letters;
    private final Wording wording;
    private final Duration patience;

    public MailSink(Server server, String from, List<String> to, Wording wording) {
        this(server, from, to, wording, Post.USUAL, PATIENCE);
    }

    MailSink(Server server, String from, List<String> to, Wording wording, Post.Timeouts timeouts, Duration patience) {
        this.post = new Post(server, timeouts);
        this.letters = new Letters(from, to);
        this.wording = wording;
        this.patience = patience;
    }

    @Override
    public Result deliver(Parcel parcel) {
        return within(patience, () -> send(parcel));
    }

    private Result send(Parcel parcel) {
        var words = wording.of(parcel.content());
        var ref = parcel.earlier().orElseGet(() -> letters.name(parcel));
        try {
            return Noted.of(new Result.Delivered(ref, post.send(letters.full(parcel, words))), words);
        } catch (MessagingException e) {
            return SmtpAnswers.isMismade(e) ? plainly(parcel, words, ref) : SmtpAnswers.of(e);
        }
    }

    /** A mail that was refused for what it says, or how much, is said again in few words. */
    private Result plainly(Parcel parcel, Wording.Words words, String ref) {
        try {
            var note = post.send(letters.plain(parcel, words));
            return Noted.of(
                    new Result.Delivered(ref, note).noting("the full mail was refused, a plainer one was taken"),
                    words);
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
                        "its mail server was not done within " + time.toSeconds() + " s", Optional.empty());
            } catch (ExecutionException e) {
                throw new IllegalStateException("a mail cannot be made", e.getCause());
            } catch (InterruptedException e) {
                result.cancel(true);
                Thread.currentThread().interrupt();
                return new Result.Retry("Playcall stopped while a mail was sent", Optional.empty());
            }
        }
    }

    /** Whether the server would take mails from us; what it does not like, in one line. */
    public Optional<String> check() {
        return switch (within(patience, () -> {
            try {
                post.greet();
                return new Result.Delivered("");
            } catch (MessagingException e) {
                return SmtpAnswers.of(e);
            }
        })) {
            case Result.Delivered _ -> Optional.empty();
            case Result.Retry(var why, var _) -> Optional.of(why);
            case Result.Refused(var why) -> Optional.of(why);
        };
    }
}
