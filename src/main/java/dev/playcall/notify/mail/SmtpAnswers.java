package dev.playcall.notify.mail;

import dev.playcall.notify.dispatch.Sink.Result;
import dev.playcall.notify.dispatch.TlsFailure;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPSenderFailedException;

/** What an answer of a mail server means for a delivery. Its words are not repeated: they may hold anything. */
final class SmtpAnswers {
    private static final Duration OPERATOR = Duration.ofMinutes(10);
    private static final Pattern GREETING = Pattern.compile("response: ([45][0-9]{2})");
    private static final Pattern CODE = Pattern.compile("^([45][0-9]{2})[ -]");

    private SmtpAnswers() {}

    /** It took the sender and somebody, but not what is said. */
    static boolean isMismade(MessagingException e) {
        return chain(e).stream()
                        .anyMatch(x -> x instanceof SMTPSendFailedException s
                                && s.getReturnCode() >= 500
                                && ".".equals(s.getCommand()))
                && chain(e).stream().noneMatch(x -> x instanceof SMTPAddressFailedException);
    }

    static Result of(MessagingException e) {
        var all = chain(e);
        for (var x : all) {
            if (x instanceof AuthenticationFailedException) {
                return new Result.Retry("its mail server rejects user and password", Optional.of(OPERATOR));
            }
        }
        return code(all).map(SmtpAnswers::answered).orElseGet(() -> silence(all));
    }

    private static Result answered(int code) {
        return code >= 500
                ? new Result.Rejected("its mail server answered " + code)
                : new Result.Retry("its mail server answered " + code, Optional.empty());
    }

    /** Of several mailboxes the one that may take it later decides. */
    private static Optional<Integer> code(List<Throwable> all) {
        return all.stream().flatMap(x -> code(x).stream()).min(Integer::compare);
    }

    private static Optional<Integer> code(Throwable x) {
        return switch (x) {
            case SMTPAddressFailedException a -> Optional.of(a.getReturnCode());
            case SMTPSenderFailedException s -> Optional.of(s.getReturnCode());
            case SMTPSendFailedException s -> Optional.of(s.getReturnCode());
            case MessagingException m -> written(String.valueOf(m.getMessage()));
            default -> Optional.<Integer>empty();
        };
    }

    /** Of the greeting, which has no exception of its own; a server that does not want to talk now may want to later. */
    private static Optional<Integer> written(String message) {
        if (GREETING.matcher(message).find()) {
            return Optional.of(421);
        }
        var code = CODE.matcher(message);
        return code.find() ? Optional.of(Integer.parseInt(code.group(1))) : Optional.empty();
    }

    private static Result silence(List<Throwable> all) {
        for (var x : all) {
            switch (x) {
                case UnknownHostException _ -> {
                    return later("its mail server has no address");
                }
                case SocketTimeoutException _ -> {
                    return later("its mail server did not answer in time");
                }
                case ConnectException _ -> {
                    return later("connection refused by its mail server");
                }
                case SSLException s -> {
                    return later("no secure connection to its mail server: " + TlsFailure.why(s));
                }
                default -> {}
            }
        }
        boolean open = all.stream().anyMatch(x -> String.valueOf(x.getMessage()).contains("STARTTLS is required"));
        return later(open ? "its mail server offers no STARTTLS" : "the connection to its mail server ended early");
    }

    private static Result later(String why) {
        return new Result.Retry(why, Optional.empty());
    }

    /** The exception, those behind it and those beside it. */
    private static List<Throwable> chain(MessagingException e) {
        var all = new ArrayList<Throwable>();
        collect(e, all);
        return all;
    }

    private static void collect(Throwable x, List<Throwable> all) {
        if (all.contains(x) || all.size() > 100) {
            return;
        }
        all.add(x);
        if (x instanceof MessagingException m && m.getNextException() != null) {
            collect(m.getNextException(), all);
        }
        if (x.getCause() != null) {
            collect(x.getCause(), all);
        }
    }
}
