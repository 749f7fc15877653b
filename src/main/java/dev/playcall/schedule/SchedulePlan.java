package dev.playcall.schedule;

import dev.playcall.domain.ansible.AdhocTask;
import dev.playcall.domain.ansible.AnsibleOptions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What a schedule runs, or what it reports on, as it was requested: it is checked anew each time. Holds no secret.
 *
 * @param variables texts, numbers, flags and lists of texts
 * @param receiver of notifications that gets the report; empty for the channel of the schedule
 */
public record SchedulePlan(
        String operation,
        String environment,
        Optional<String> playbook,
        String limit,
        List<String> tags,
        boolean check,
        boolean diff,
        Map<String, Object> variables,
        String name,
        String description,
        String receiver,
        AnsibleOptions options,
        Optional<AdhocTask> task) {
    /** The operation of what runs nothing and only tells how it went. */
    private static final String REPORT = "report";

    /** A report on every environment that its owner may see. */
    public static final String ALL = "all";

    public SchedulePlan {
        tags = List.copyOf(tags);
        variables = Map.copyOf(variables);
    }

    /** A report on this environment, or on {@link #ALL}, for the channel of the schedule. */
    public static SchedulePlan report(String environment) {
        return report(environment, "");
    }

    /** The same for a receiver of notifications. */
    public static SchedulePlan report(String environment, String receiver) {
        return new SchedulePlan(
                REPORT,
                environment,
                Optional.empty(),
                "",
                List.of(),
                false,
                false,
                Map.of(),
                "",
                "",
                receiver,
                AnsibleOptions.NONE,
                Optional.empty());
    }

    /** Whether it starts nothing and only tells how it went. */
    public boolean isReport() {
        return operation.equals(REPORT);
    }

    /** As it would be typed; what is reported on, for a report. */
    public String words() {
        if (isReport()) {
            return "report on " + (environment.equals(ALL) ? "all environments" : environment)
                    + (receiver.isEmpty() ? "" : " to " + receiver);
        }
        var text = new StringBuilder(operation);
        playbook.filter(_ -> operation.equals("play"))
                .ifPresent(p -> text.append(' ').append(p));
        text.append(' ').append(environment);
        task.ifPresent(t -> text.append(' ').append(t.module()));
        var given = variables.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(v -> " " + v.getKey() + "=" + v.getValue())
                .collect(Collectors.joining());
        text.append(given);
        task.ifPresent(t -> text.append(t.words()));
        if (!limit.isEmpty()) {
            text.append(" --limit ").append(limit);
        }
        if (!tags.isEmpty()) {
            text.append(" --tags ").append(String.join(",", tags));
        }
        return text.append(check ? " --check" : "")
                .append(diff ? " --diff" : "")
                .append(options.isNone() ? "" : " " + options.words())
                .toString();
    }
}
