package dev.playcall.command;

import java.util.Locale;
import java.util.Optional;

/** Commands about schedules, which start a run once or repeatedly at set times. */
public sealed interface ScheduleCommand extends Command {

    /**
     * Adds a schedule.
     *
     * @param time five fields of cron, or a moment when {@code once}
     * @param zone empty for the one of the configuration
     * @param missed empty for the policy of the configuration
     * @param jitter empty for none
     */
    record AddSchedule(boolean once, String time, String zone, String missed, String jitter, StartCommand start)
            implements ScheduleCommand {
        @Override
        public String auditAction() {
            return "schedule.add";
        }

        @Override
        public String subject() {
            return time + " " + start.operation() + " " + start.environment();
        }

        @Override
        public Optional<String> environmentName() {
            return Optional.of(start.environment());
        }
    }

    /**
     * Pauses, resumes or removes a schedule or a report.
     *
     * @param schedule its number or its name
     */
    record ChangeSchedule(String schedule, How how, String reason) implements ScheduleCommand {
        public ChangeSchedule(long schedule, How how, String reason) {
            this(Long.toString(schedule), how, reason);
        }

        /** What is done with it. */
        public enum How {
            PAUSE,
            RESUME,
            REMOVE
        }

        @Override
        public String auditAction() {
            return "schedule." + how.name().toLowerCase(Locale.ROOT);
        }

        @Override
        public String subject() {
            return "schedule " + schedule + (reason.isBlank() ? "" : ": " + reason);
        }
    }

    /**
     * Starts it now, besides its times, with the rights of the caller.
     *
     * @param schedule its number or its name
     */
    record RunSchedule(String schedule) implements ScheduleCommand {
        public RunSchedule(long schedule) {
            this(Long.toString(schedule));
        }

        @Override
        public String auditAction() {
            return "schedule.run";
        }

        @Override
        public String subject() {
            return "schedule " + schedule;
        }
    }
}
