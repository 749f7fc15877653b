package dev.playcall.notify.dispatch;

import dev.playcall.config.RouteOptions.Suggestion;
import dev.playcall.domain.Truncate;
import dev.playcall.notify.event.NotificationEvent;
import dev.playcall.notify.event.NotifyStore.RoutedEvent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Fills the labels of an alert into what can be done about it. A suggestion that names a label the alert does not have is
 * left out: an empty limit would mean every host.
 */
final class AlertActions {
    private static final Pattern LABEL =
            Pattern.compile("\\{\\{\\s*labels\\.([A-Za-z_][A-Za-z0-9_.-]{0,99})\\s*(\\|\\s*host\\s*)?}}");
    private static final Pattern PORT = Pattern.compile(":\\d{1,5}$");
    private static final int LONGEST_LABEL = 38;
    private static final int MOST = 4;

    private AlertActions() {}

    public static List<Suggestion> of(NotificationEvent event, List<Suggestion> ofSource, List<RoutedEvent> to) {
        if (event.status() != NotificationEvent.Status.OPEN) {
            return List.of();
        }
        var all = new ArrayList<>(ofSource);
        to.forEach(a -> all.addAll(a.options().actions()));
        var found = new LinkedHashMap<String, Suggestion>();
        all.forEach(s -> filled(s, event.labels()).ifPresent(f -> found.putIfAbsent(f.label(), f)));
        return found.values().stream().limit(MOST).toList();
    }

    private static Optional<Suggestion> filled(Suggestion s, Map<String, String> labels) {
        var missing = new ArrayList<String>();
        UnaryOperator<String> fill = text -> LABEL.matcher(text).replaceAll(m -> value(m, labels, missing));
        var variables = new TreeMap<String, String>();
        s.variables().forEach((name, value) -> variables.put(name, fill.apply(value)));
        var filled = new Suggestion(
                Truncate.of(fill.apply(s.label()), LONGEST_LABEL),
                fill.apply(s.operation()),
                s.playbook().map(fill),
                fill.apply(s.environment()),
                fill.apply(s.limit()),
                variables,
                s.coolDown());
        return missing.isEmpty() ? Optional.of(filled) : Optional.empty();
    }

    private static String value(MatchResult match, Map<String, String> labels, List<String> missing) {
        var value = Optional.ofNullable(labels.get(match.group(1))).orElse("").strip();
        if (value.isEmpty()) {
            missing.add(match.group(1));
        }
        var plain = match.group(2) == null ? value : PORT.matcher(value).replaceFirst("");
        return java.util.regex.Matcher.quoteReplacement(plain);
    }
}
