package dev.playcall.config.binding;

import dev.playcall.config.Quantities;
import dev.playcall.config.RouteOptions;
import dev.playcall.config.RouteOptions.Inhibition;
import dev.playcall.config.RouteOptions.Quiet;
import dev.playcall.config.RouteOptions.Step;
import dev.playcall.config.RouteOptions.Suggestion;
import dev.playcall.config.Section;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Reads how a route tells. What it does not say it has from the one above. */
final class RouteOptionsBinding {
    private static final int STORM = 10;
    private static final int MOST_ACTIONS = 4;
    private static final int LONGEST_LABEL = 60;
    private static final Duration COOL_DOWN = Duration.ofMinutes(5);

    private final Set<String> receivers;

    RouteOptionsBinding(Set<String> receivers) {
        this.receivers = receivers;
    }

    /** What the first route begins with. */
    static RouteOptions usual() {
        return new RouteOptions(false, Optional.empty(), STORM, List.of(), List.of());
    }

    RouteOptions read(Section s, RouteOptions above) {
        return new RouteOptions(
                s.flag("only_changes", above.onlyChanges()),
                quiet(s).or(() -> s.raw("quiet").isPresent() ? Optional.empty() : above.quiet()),
                s.optionalValue("storm", RouteOptionsBinding::count, "a number of messages", "10")
                        .orElse(above.storm()),
                s.raw("escalate").isPresent() ? steps(s) : above.escalate(),
                s.raw("actions").isPresent() ? actions(s) : above.actions());
    }

    private static Optional<Integer> count(String text) {
        return text.matches("\\d{1,5}") ? Optional.of(Integer.parseInt(text)) : Optional.empty();
    }

    private static Optional<Quiet> quiet(Section route) {
        if (route.raw("quiet").isEmpty()) {
            return Optional.empty();
        }
        var s = route.section("quiet");
        var from = time(s, "from");
        var to = time(s, "to");
        var zone =
                s.value("timezone", ZoneId.systemDefault(), RouteOptionsBinding::zone, "a time zone", "Europe/Berlin");
        var except = s.optional("except").isPresent()
                ? s.oneOf("except", "critical", "error", "warning", "info")
                : "critical";
        s.end();
        if (from.isEmpty() || to.isEmpty()) {
            route.wrong(
                    route.place("quiet"),
                    "quiet",
                    "quiet hours need from and to (try quiet: { from: \"22:00\", to: \"07:00\" })");
        }
        return from.isPresent() && to.isPresent()
                ? Optional.of(new Quiet(from.get(), to.get(), zone, except))
                : Optional.empty();
    }

    /** YAML reads 22:00 without quotes as a number of minutes, 1320: that is understood too. */
    private static Optional<LocalTime> time(Section s, String key) {
        return s.optionalValue(
                key,
                t -> {
                    if (t.matches("\\d{3,4}") && Integer.parseInt(t) < 24 * 60) {
                        return Optional.of(LocalTime.ofSecondOfDay(Integer.parseInt(t) * 60L));
                    }
                    return t.matches("([01]?\\d|2[0-3]):[0-5]\\d")
                            ? Optional.of(LocalTime.parse(t.length() == 4 ? "0" + t : t))
                            : Optional.empty();
                },
                "a time of day",
                "\"22:00\"");
    }

    private static Optional<ZoneId> zone(String text) {
        try {
            return Optional.of(text.equals("system") ? ZoneId.systemDefault() : ZoneId.of(text));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private List<Step> steps(Section route) {
        var steps = new ArrayList<Step>();
        for (var s : route.items("escalate")) {
            var names = s.texts("receivers");
            names.stream()
                    .filter(r -> !receivers.contains(r))
                    .forEach(r -> s.wrong(
                            s.place("receivers"),
                            "receivers",
                            "there is no receiver \"" + r + "\"; "
                                    + (receivers.isEmpty()
                                            ? "add one to notify.receivers"
                                            : "there are " + String.join(", ", receivers))));
            if (names.isEmpty()) {
                s.wrong(s.place("receivers"), "receivers", "receivers are required (try receivers: [night])");
            }
            var after = s.optionalValue("after", Quantities::positiveDuration, "a time", "10m");
            if (after.isEmpty()) {
                s.wrong(
                        s.place("after"),
                        "after",
                        "after is required: how long an alert may be unacknowledged (try after: 10m)");
            }
            s.end();
            after.ifPresent(a -> steps.add(new Step(a, names)));
        }
        return steps;
    }

    /** Actions of a route or a source. */
    static List<Suggestion> actions(Section owner) {
        var found = new ArrayList<Suggestion>();
        for (var s : owner.items("actions")) {
            var variables = new TreeMap<String, String>();
            var given = s.section("variables");
            given.entries().keySet().forEach(name -> given.optional(name).ifPresent(v -> variables.put(name, v)));
            var suggestion = new Suggestion(
                    s.text("label", ""),
                    s.text("operation", s.raw("playbook").isPresent() ? "play" : ""),
                    s.optional("playbook"),
                    s.text("environment", "{{ labels.environment }}"),
                    s.text("limit", ""),
                    variables,
                    s.value("cool_down", COOL_DOWN, Quantities::duration, "a time", "5m"));
            if (suggestion.label().isBlank() || suggestion.label().length() > LONGEST_LABEL) {
                s.wrong(s.place("label"), "label", "a button needs a label of up to " + LONGEST_LABEL + " characters");
            }
            if (suggestion.operation().isBlank()) {
                s.wrong(
                        s.place("operation"),
                        "operation",
                        "an operation or playbook is required (try operation: deploy, or playbook: restart)");
            }
            s.end();
            found.add(suggestion);
        }
        if (found.size() > MOST_ACTIONS) {
            owner.wrong(owner.place("actions"), "actions", "a message has room for " + MOST_ACTIONS + " buttons");
        }
        return found;
    }

    static List<Inhibition> inhibitions(Section notify) {
        var found = new ArrayList<Inhibition>();
        for (var s : notify.items("inhibit")) {
            var rule = new Inhibition(s.place("source"), s.texts("source"), s.texts("target"), s.texts("equal"));
            if (rule.source().isEmpty() || rule.target().isEmpty()) {
                s.wrong(
                        s.place("source"),
                        "source",
                        "say what silences what (try source: ['severity=\"critical\"'], target:"
                                + " ['severity=\"warning\"'])");
            }
            s.end();
            found.add(rule);
        }
        return found;
    }
}
