package dev.playcall.boot.logging;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.pattern.MessageConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Context;
import dev.playcall.security.secret.Redactor;
import java.util.Optional;
import org.slf4j.LoggerFactory;

/** A line of the gateway's own log without secrets. logback.xml names it, so the redactor comes through its context. */
public final class RedactedMessage extends MessageConverter {
    private static final String REDACTOR = "redactor";

    /** From now on these secrets are in no line. */
    public static void teach(Redactor redactor) {
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
            context.putObject(REDACTOR, redactor);
        }
    }

    static String mask(Context context, String text) {
        return Optional.ofNullable(context.getObject(REDACTOR))
                .map(r -> ((Redactor) r).redact(text))
                .orElse(text);
    }

    @Override
    public String convert(ILoggingEvent event) {
        return mask(getContext(), super.convert(event));
    }
}
