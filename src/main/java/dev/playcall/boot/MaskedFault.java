package dev.playcall.boot;

import ch.qos.logback.classic.pattern.RootCauseFirstThrowableProxyConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;

/** A fault in the gateway's own log without secrets: messages of exceptions quote what they stumbled over. */
public final class MaskedFault extends RootCauseFirstThrowableProxyConverter {
    @Override
    public String convert(ILoggingEvent event) {
        return MaskedMessage.mask(getContext(), super.convert(event));
    }
}
