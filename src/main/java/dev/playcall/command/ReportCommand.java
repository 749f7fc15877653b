package dev.playcall.command;

import java.util.Optional;

/** Commands about reports that are posted to a channel at set times; they are paused and removed like schedules. */
public sealed interface ReportCommand extends Command {

    /**
     * Posts a report to a channel at set times.
     *
     * @param every {@code daily}, {@code weekly} or five fields of cron
     * @param day of the week, for a weekly one; empty for Monday
     * @param at time of day; empty for 09:00
     * @param zone empty for the one of the configuration
     * @param missed empty for the policy of the configuration
     * @param environment empty or {@code all} for every one the caller may see
     * @param channel empty for the one the command comes from
     */
    record AddReport(
            String every, String day, String at, String zone, String missed, String environment, String channel)
            implements ReportCommand {
        @Override
        public String auditAction() {
            return "report.add";
        }

        @Override
        public String subject() {
            return (every + " " + day + " " + at).strip().replaceAll(" +", " ") + " report "
                    + (environment.isBlank() ? "all" : environment)
                    + (channel.isBlank() ? "" : " in " + channel);
        }

        @Override
        public Optional<String> environmentName() {
            return Optional.of(environment).filter(e -> !e.isBlank() && !e.equals("all"));
        }
    }
}
