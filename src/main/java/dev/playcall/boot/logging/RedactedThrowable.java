package dev.playcall.boot.logging;

import ch.qos.logback.classic.pattern.RootCauseFirstThrowableProxyConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;

/** A fault in the gateway's own log without secrets: messages of exceptions quote what they stumbled over. */
public final class RedactedThrowable extends RootCauseFirstThrowableProxyConverter {
    @Override
    public String convert(ILoggingEvent event) {
        return RedactedMessage.mask(getContext(), super.convert(event));
    }
}
