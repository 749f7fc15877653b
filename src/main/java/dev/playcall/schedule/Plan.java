package dev.playcall.schedule;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What a schedule runs, as it was wished for: it is checked anew each time. Holds no secret.
 *
 * @param variables texts, numbers, flags and lists of texts
 */
public record Plan(
        String operation,
        String environment,
        Optional<String> playbook,
        String limit,
        List<String> tags,
        boolean check,
        boolean diff,
        Map<String, Object> variables,
        String name,
        String description) {
    public Plan {
        tags = List.copyOf(tags);
        variables = Map.copyOf(variables);
    }

    /** As it would be typed. */
    public String words() {
        var text = new StringBuilder(operation);
        playbook.filter(_ -> operation.equals("play"))
                .ifPresent(p -> text.append(' ').append(p));
        text.append(' ').append(environment);
        var given = variables.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(v -> " " + v.getKey() + "=" + v.getValue())
                .collect(Collectors.joining());
        text.append(given);
        if (!limit.isEmpty()) {
            text.append(" --limit ").append(limit);
        }
        if (!tags.isEmpty()) {
            text.append(" --tags ").append(String.join(",", tags));
        }
        return text.append(check ? " --check" : "")
                .append(diff ? " --diff" : "")
                .toString();
    }
}
