package dev.playcall.web.start;

import dev.playcall.web.pages.Chip;
import dev.playcall.web.pages.Fact;
import dev.playcall.web.pages.ScheduleRow;
import java.util.List;
import java.util.Optional;

/**
 * The form that starts a run, now or by itself.
 *
 * @param templates names of values that can be put into the fields together
 * @param name what the run is called, {@code why} what it is for
 * @param waveable whether it can be rolled out in waves
 * @param key the same for every press of the same form, so that it starts one run
 * @param fault what is wrong with the form
 * @param denied why this user may not start it, empty when they may
 */
record StartView(
        String operation,
        String playbook,
        String title,
        String description,
        boolean dangerous,
        String environment,
        List<Chip> environments,
        List<FormField> fields,
        List<String> templates,
        String name,
        String why,
        String tags,
        boolean check,
        boolean checkable,
        Servers servers,
        When when,
        WaveForm waves,
        boolean waveable,
        Optional<Seen> review,
        String key,
        Fault fault,
        String denied) {
    public StartView {
        environments = List.copyOf(environments);
        fields = List.copyOf(fields);
        templates = List.copyOf(templates);
    }

    /**
     * Which servers it runs on.
     *
     * @param limit as it was written, empty for all
     * @param find what is looked for
     * @param groups and hosts that can be ticked; {@code more} hosts that were found are not listed
     * @param pattern stands for all that were found, where a pattern does
     * @param all how many there are
     * @param reached the hosts it would run on, cut; {@code count} counts all
     * @param wrong what is wrong with the limit, empty when nothing is
     */
    public record Servers(
            String limit,
            String find,
            List<Pick> groups,
            Optional<Pick> pattern,
            List<Pick> hosts,
            int more,
            int all,
            List<String> reached,
            int count,
            String wrong) {
        public Servers {
            groups = List.copyOf(groups);
            hosts = List.copyOf(hosts);
            reached = List.copyOf(reached);
        }
    }

    /**
     * A group or a host that can be ticked.
     *
     * @param note address and status of a host, as far as they are known
     */
    public record Pick(String name, int count, boolean chosen, String note) {}

    /**
     * When it runs.
     *
     * @param kind {@code now}, {@code at} or {@code cron}
     * @param words the line of cron for people, empty when there is none
     * @param wrong what is wrong with the line of cron
     */
    public record When(
            String kind,
            String at,
            String cron,
            String zone,
            String missed,
            String jitter,
            String words,
            List<ScheduleRow.Next> times,
            String wrong) {
        public When {
            times = List.copyOf(times);
        }
    }

    /**
     * What would come of it.
     *
     * @param servers how many
     * @param hosts all of them
     * @param values the variables, a secret without its value
     * @param downgrade that an older version would be deployed, empty where not
     * @param usual how long like runs took, empty when nobody knows
     * @param waits what it would wait for, none when it would start at once
     * @param later whether it is for a time to come
     * @param plan the waves of a deployment, a line each; none for a single run
     */
    public record Seen(
            String what,
            int servers,
            List<String> hosts,
            List<Fact> values,
            String downgrade,
            String usual,
            List<String> waits,
            boolean later,
            List<String> plan) {
        public Seen {
            plan = List.copyOf(plan);
            hosts = List.copyOf(hosts);
            values = List.copyOf(values);
            waits = List.copyOf(waits);
        }

        /** The same as a deployment with this plan. */
        Seen with(List<String> lines) {
            return new Seen(what, servers, hosts, values, downgrade, usual, waits, later, lines);
        }
    }

    /** What is wrong, in the field of this name; both are empty when nothing is. */
    public record Fault(String field, String text) {
        public static final Fault NONE = new Fault("", "");

        /** What is wrong with this field. */
        public String at(String name) {
            return field.equals(name) ? text : "";
        }
    }
}
