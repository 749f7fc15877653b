package dev.playcall.notify.sink;

import dev.playcall.notify.dispatch.Sink;
import dev.playcall.notify.event.Notification;
import dev.playcall.notify.event.Severity;
import dev.playcall.notify.template.NotificationTemplates;

/** A service that Apprise speaks to. */
final class AppriseSink implements Sink {
    private static final int TEXT = 10_000;

    private final String url;
    private final Apprise apprise;
    private final NotificationTemplates notificationTemplates;

    /** @param apprise one for all receivers */
    AppriseSink(String url, Apprise apprise, NotificationTemplates notificationTemplates) {
        this.url = url;
        this.apprise = apprise;
        this.notificationTemplates = notificationTemplates;
    }

    @Override
    public Result deliver(Notification notification) {
        var c = notification.content();
        var words = notificationTemplates.of(c);
        return apprise.send(url, words.title(), words.body(c, TEXT), type(c)).noting(words.note());
    }

    /** How bad it is, in the words of Apprise. */
    static String type(Notification.Content c) {
        if (c.open() + c.events() == 0) {
            return "success";
        }
        return c.severity().compareTo(Severity.ERROR) >= 0
                ? "failure"
                : c.severity() == Severity.WARNING ? "warning" : "info";
    }
}
