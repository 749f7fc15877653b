package dev.playcall.command;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
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

    /** Has a mute last longer, by this time. */
    record ExtendMute(long mute, Duration time) implements AlertCommand {
        @Override
        public String auditAction() {
            return "mute.extend";
        }

        @Override
        public String subject() {
            return "mute " + mute;
        }

        @Override
        public Map<String, String> auditDetails() {
            return Map.of("for", time.toString());
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

    /** About receivers and routes that are made while Playcall works. */
    sealed interface ReceiverCommand extends AlertCommand {

        /** Lists the receivers. */
        record ShowReceivers() implements ReceiverCommand {
            @Override
            public String auditAction() {
                return "receivers.show";
            }

            @Override
            public String subject() {
                return "receivers";
            }
        }

        /** Lists the routes. */
        record ShowRoutes() implements ReceiverCommand {
            @Override
            public String auditAction() {
                return "routes.show";
            }

            @Override
            public String subject() {
                return "routes";
            }
        }

        /**
         * Adds a receiver, or replaces the stored one of this name.
         *
         * @param fields as in the configuration file; may hold secrets
         */
        record PutReceiver(String name, Map<String, Object> fields) implements ReceiverCommand {
            @Override
            public String auditAction() {
                return "receiver.put";
            }

            @Override
            public String subject() {
                return name;
            }

            /** Never a value: an address often is the secret. */
            @Override
            public Map<String, String> auditDetails() {
                return Map.of("fields", String.join(" ", new TreeSet<>(fields.keySet())));
            }

            @Override
            public String toString() {
                return "PutReceiver[" + name + "]";
            }
        }

        /** Removes a stored receiver. */
        record RemoveReceiver(String name) implements ReceiverCommand {
            @Override
            public String auditAction() {
                return "receiver.remove";
            }

            @Override
            public String subject() {
                return name;
            }
        }

        /** @param fields as in the configuration file */
        record AddRoute(Map<String, Object> fields) implements ReceiverCommand {
            @Override
            public String auditAction() {
                return "route.add";
            }

            @Override
            public String subject() {
                return String.valueOf(fields.getOrDefault("receivers", fields.getOrDefault("receiver", "")));
            }

            @Override
            public Map<String, String> auditDetails() {
                return Map.of("match", String.valueOf(fields.getOrDefault("match", "")));
            }
        }

        /** Removes a stored route. */
        record RemoveRoute(long route) implements ReceiverCommand {
            @Override
            public String auditAction() {
                return "route.remove";
            }

            @Override
            public String subject() {
                return "route " + route;
            }
        }
    }
}
