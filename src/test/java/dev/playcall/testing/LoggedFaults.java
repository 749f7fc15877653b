package dev.playcall.testing;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.LoggerFactory;

/** What Playcall logs as an error while this is open: faults that nobody has foreseen. */
public final class LoggedFaults implements AutoCloseable {
    private final Logger logger = (Logger) LoggerFactory.getLogger("dev.playcall");
    private final List<String> seen = new CopyOnWriteArrayList<>();
    private final AppenderBase<ILoggingEvent> appender = new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
            if (event.getLevel().isGreaterOrEqual(Level.ERROR)) {
                var fault = event.getThrowableProxy();
                seen.add(event.getFormattedMessage()
                        + (fault == null
                                ? ""
                                : " " + fault.getClassName() + ": " + fault.getMessage() + " at "
                                        + (fault.getStackTraceElementProxyArray().length == 0
                                                ? "?"
                                                : fault.getStackTraceElementProxyArray()[0])));
            }
        }
    };

    public LoggedFaults() {
        appender.setContext(logger.getLoggerContext());
        appender.start();
        logger.addAppender(appender);
    }

    public List<String> seen() {
        return List.copyOf(seen);
    }

    @Override
    public void close() {
        logger.detachAppender(appender);
    }
}
