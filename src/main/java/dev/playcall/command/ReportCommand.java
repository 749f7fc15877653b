package dev.playcall.command;

import java.util.Optional;

/** Commands about reports that are sent at set times; they are paused and removed like schedules. */
public sealed interface ReportCommand extends Command {

    /**
     * Posts a report to a channel, or sends it to a receiver of notifications, at set times.
     *
     * @param every {@code daily}, {@code weekly} or five fields of cron
     * @param day of the week, for a weekly one; empty for Monday
     * @param at time of day; empty for 09:00
     * @param zone empty for the one of the configuration
     * @param missed empty for the policy of the configuration
     * @param environment empty or {@code all} for every one the caller may see
     * @param channel empty for the one the command comes from
     * @param receiver the receiver that gets it; empty for the channel
     */
    record AddReport(
            String every,
            String day,
            String at,
            String zone,
            String missed,
            String environment,
            String channel,
            String receiver)
            implements ReportCommand {
        @Override
        public String auditAction() {
            return "report.add";
        }

        @Override
        public String subject() {
            return (every + " " + day + " " + at).strip().replaceAll(" +", " ") + " report "
                    + (environment.isBlank() ? "all" : environment)
                    + (channel.isBlank() ? "" : " in " + channel)
                    + (receiver.isBlank() ? "" : " to " + receiver);
        }

        @Override
        public Optional<String> environmentName() {
            return Optional.of(environment).filter(e -> !e.isBlank() && !e.equals("all"));
        }
    }
}
