package dev.playcall.chat.message;

import dev.playcall.domain.name.RunId;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a button means. It is written into the button itself, so it means the same after a restart.
 *
 * @param subject number of a run; of a batch for {@code BATCH_REST}, {@code BATCH_CANCEL} and {@code BATCH_RETRY}; of a deployment for {@code DEPLOYMENT_…}; of a kept request for {@code YES}, {@code NO} and {@code FILL}; of an alert, a group or an
 *     offer for {@code ACK}, {@code ACK_ALL} and {@code ACT}; 1 for {@code START} and what shows a list
 */
public record Action(Kind kind, long subject) {
    private static final Pattern WRITTEN =
            Pattern.compile("v1:([a-z_]{1,20}):([1-9]\\d{0,14})(?::([A-Za-z0-9.-]{1,25}))?");

    /** What can be pressed. */
    public enum Kind {
        CANCEL,
        RETRY,
        /** Hold still what works. */
        PAUSE,
        RESUME,
        RERUN,
        APPROVE,
        REJECT,
        /** Call whoever presses it when the run begins and when it has ended. */
        TELL_ME,
        /** Cancel what of a batch has not begun. */
        BATCH_REST,
        BATCH_CANCEL,
        BATCH_RETRY,
        /** Let the next wave of a deployment begin. */
        DEPLOYMENT_RESUME,
        DEPLOYMENT_CANCEL,
        DEPLOYMENT_RETRY,
        LOG,
        FULL_LOG,
        DETAILS,
        /** Take care of an alert. */
        ACK,
        /** Take care of everything that is open in a group of messages. */
        ACK_ALL,
        /** Do what an alert offers. */
        ACT,
        /** Do the request that was kept until somebody confirmed it. */
        YES,
        NO,
        /** Show the form for what is missing in a kept request. */
        FILL,
        /** Choose what to run and fill in its form. */
        START,
        SHOW_STATUS,
        SHOW_QUEUE,
        SHOW_ALERTS;

        /** Whether it only shows something, which fits into a window. */
        public boolean isView() {
            return switch (this) {
                case LOG, FULL_LOG, DETAILS, SHOW_STATUS, SHOW_QUEUE, SHOW_ALERTS -> true;
                case CANCEL,
                        RETRY,
                        PAUSE,
                        RESUME,
                        RERUN,
                        APPROVE,
                        REJECT,
                        TELL_ME,
                        BATCH_REST,
                        BATCH_CANCEL,
                        BATCH_RETRY,
                        DEPLOYMENT_RESUME,
                        DEPLOYMENT_CANCEL,
                        DEPLOYMENT_RETRY,
                        ACK,
                        ACK_ALL,
                        ACT,
                        YES,
                        NO,
                        FILL,
                        START -> false;
            };
        }
    }

    /** What is about nothing in particular. */
    public static Action of(Kind kind) {
        return new Action(kind, 1);
    }

    /** The run it is about. */
    public RunId run() {
        return new RunId(subject);
    }

    /** {@code v1:cancel:412}: at most 100 characters, nothing secret. */
    public String written() {
        return "v1:" + kind.name().toLowerCase(Locale.ROOT) + ":" + subject;
    }

    /** The same with the key of the message that the button stands in, by which that message can be found again. */
    public String written(String key) {
        return key.isEmpty() ? written() : written() + ":" + key;
    }

    /** The key of the message that a button with this text stands in; empty where it has none. */
    public static Optional<String> key(String text) {
        var found = WRITTEN.matcher(text);
        return found.matches() ? Optional.ofNullable(found.group(3)) : Optional.empty();
    }

    /** What {@link #written} wrote; empty for anything else. */
    public static Optional<Action> of(String text) {
        var found = WRITTEN.matcher(text);
        if (!found.matches()) {
            return Optional.empty();
        }
        for (var kind : Kind.values()) {
            if (kind.name().toLowerCase(Locale.ROOT).equals(found.group(1))) {
                return Optional.of(new Action(kind, Long.parseLong(found.group(2))));
            }
        }
        return Optional.empty();
    }
}
