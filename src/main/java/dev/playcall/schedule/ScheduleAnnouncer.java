package dev.playcall.schedule;

/** Tells a channel something, once for each key and even if that takes long. */
@FunctionalInterface
public interface ScheduleAnnouncer {
    void tell(String channel, String key, String text);
}
