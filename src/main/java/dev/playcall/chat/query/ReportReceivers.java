package dev.playcall.chat.query;

import dev.playcall.notify.event.NotificationEvent;
import java.util.Set;

/** The receivers of notifications, as reports use them. What is handed over survives a crash. */
public interface ReportReceivers {
    /** Those that there are now. */
    Set<String> names();

    /** Sends it to this receiver, once for each key of it. */
    void send(String receiver, NotificationEvent report);

    /** Sends it where the routes say. */
    void send(NotificationEvent event);

    /** Address of the pages; empty when unknown. */
    String page();

    /** Where there are no receivers. */
    static ReportReceivers none() {
        return new ReportReceivers() {
            @Override
            public Set<String> names() {
                return Set.of();
            }

            @Override
            public void send(String receiver, NotificationEvent report) {}

            @Override
            public void send(NotificationEvent event) {}

            @Override
            public String page() {
                return "";
            }
        };
    }
}
