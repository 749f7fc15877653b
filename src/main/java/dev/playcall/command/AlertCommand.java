package dev.playcall.command;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Commands about alerts, mutes and deliveries of notifications. */
public sealed interface AlertCommand extends Command {

    /**
     * Suppresses notifications for a time.
     *
     * @param words what to mute, then why, as typed
     * @param time how long; empty for two hours
     */
    record Mute(List<String> words, Optional<Duration> time) implements AlertCommand {
        public Mute {
            words = List.copyOf(words);
        }

        @Override
        public String auditAction() {
            return "mute";
        }

        @Override
        public String subject() {
            return String.join(" ", words);
        }

        @Override
        public Map<String, String> auditDetails() {
            return Map.of("for", time.map(Object::toString).orElse(""));
        }
    }

    /** Ends a mute. */
    record Unmute(long mute) implements AlertCommand {
        @Override
        public String auditAction() {
            return "unmute";
        }

        @Override
        public String subject() {
            return "mute " + mute;
        }
    }

    /** The caller takes care of these alerts. */
    record Acknowledge(List<Long> alerts) implements AlertCommand {
        public Acknowledge {
            alerts = List.copyOf(alerts);
        }

        @Override
        public String auditAction() {
            return "ack";
        }

        @Override
        public String subject() {
            return "alert " + alerts.stream().map(Object::toString).collect(Collectors.joining(", "));
        }
    }

    /** Ends an alert that its source does not end. */
    record Resolve(long alert, String reason) implements AlertCommand {
        @Override
        public String auditAction() {
            return "resolve";
        }

        @Override
        public String subject() {
            return "alert " + alert;
        }

        @Override
        public Map<String, String> auditDetails() {
            return Map.of("reason", reason);
        }
    }

    /** Starts the run that an alert offers. */
    record RunAction(long offer) implements AlertCommand {
        @Override
        public String auditAction() {
            return "act";
        }

        @Override
        public String subject() {
            return "offer " + offer;
        }
    }

    /** Sends a test notification to a receiver or to those of a route. */
    record SendTest(String target) implements AlertCommand {
        @Override
        public String auditAction() {
            return "notify.test";
        }

        @Override
        public String subject() {
            return target;
        }
    }

    /** Sends a delivery that has ended again; empty for every dead one. */
    record Redeliver(Optional<Long> delivery) implements AlertCommand {
        @Override
        public String auditAction() {
            return "redeliver";
        }

        @Override
        public String subject() {
            return delivery.map(d -> "delivery " + d).orElse("all dead");
        }
    }
}
