package dev.playcall.command.alert;

import dev.playcall.catalog.Catalog;
import dev.playcall.domain.Truncate;
import dev.playcall.domain.name.EnvironmentName;
import dev.playcall.domain.name.Operation;
import dev.playcall.domain.name.Suggestion;
import dev.playcall.notify.alert.Alerts;
import dev.playcall.notify.alert.Silence;
import dev.playcall.notify.event.Matcher;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Understands what is to be muted: the first words say what, the others why. */
final class MuteParser {
    private static final int LONGEST_REASON = 300;
    private static final Pattern ALERT = Pattern.compile("#?[1-9]\\d{0,14}");
    private static final Pattern ENVIRONMENT = Pattern.compile("environment\\s*=\\s*\"?([^\"~]*)\"?");

    private final Catalog catalog;
    private final Alerts alerts;

    MuteParser(Catalog catalog, Alerts alerts) {
        this.catalog = catalog;
        this.alerts = alerts;
    }

    sealed interface Parsed {
        /** @param words what is muted, as people say it */
        record Valid(List<String> matchers, String words, Optional<EnvironmentName> environment, String reason)
                implements Parsed {
            public Valid {
                matchers = List.copyOf(matchers);
            }
        }

        record Invalid(String message) implements Parsed {}
    }

    Parsed read(List<String> words) {
        Map<String, Set<String>> values = new LinkedHashMap<>();
        var matchers = new ArrayList<String>();
        var matched = new ArrayList<String>();
        boolean all = false;
        int at = 0;
        for (; at < words.size(); at++) {
            var word = words.get(at);
            if (word.equals("all") && at == 0) {
                all = true;
                matched.add("anything");
            } else if (isEnvironment(word)) {
                values.computeIfAbsent("environment", _ -> new LinkedHashSet<>())
                        .add(word);
                matched.add(word);
            } else if (Operation.isValid(word)
                    && catalog.operation(new Operation(word)).isPresent()) {
                values.computeIfAbsent("operation", _ -> new LinkedHashSet<>()).add(word);
                matched.add(word);
            } else if (at == 0 && ALERT.matcher(word).matches()) {
                var alert = alerts.alert(Long.parseLong(word.replace("#", "")));
                if (alert.isEmpty()) {
                    return new Parsed.Invalid("there is no alert " + word);
                }
                matchers.add(Silence.SUBJECT + "=\"" + alert.get().subject().replace("\"", "\\\"") + "\"");
                matched.add("alert " + alert.get().id());
            } else if (Matcher.parse(word) instanceof Matcher.Parsed.Valid(var matcher)) {
                matchers.add(matcher.toString());
                matched.add(matcher.toString());
            } else {
                break;
            }
        }
        values.forEach((label, found) -> matchers.add(matcher(label, found)));
        if (matchers.isEmpty() && !all) {
            return nothing(words.getFirst());
        }
        if (matchers.isEmpty()) {
            matchers.add("source=~\".*\"");
        }
        var reason = Truncate.line(String.join(" ", words.subList(at, words.size())));
        return reason.length() > LONGEST_REASON
                ? new Parsed.Invalid("the reason has more than " + LONGEST_REASON + " characters")
                : new Parsed.Valid(matchers, String.join(" ", matched), environment(matchers), reason);
    }

    private boolean isEnvironment(String word) {
        return EnvironmentName.isValid(word)
                && catalog.environment(new EnvironmentName(word)).isPresent();
    }

    private static String matcher(String label, Set<String> values) {
        return values.size() == 1
                ? label + "=\"" + values.iterator().next() + "\""
                : label + "=~\""
                        + values.stream()
                                .map(Pattern::quote)
                                .map(MuteParser::plain)
                                .collect(Collectors.joining("|")) + "\"";
    }

    /** Names of environments and operations hold nothing that means something in an expression. */
    private static String plain(String quoted) {
        return quoted.substring(2, quoted.length() - 2);
    }

    /** The one environment that this is about. */
    static Optional<EnvironmentName> environment(List<String> matchers) {
        return matchers.stream()
                .map(ENVIRONMENT::matcher)
                .filter(java.util.regex.Matcher::matches)
                .map(m -> m.group(1))
                .filter(EnvironmentName::isValid)
                .map(EnvironmentName::new)
                .findFirst();
    }

    private Parsed nothing(String word) {
        var known = Stream.concat(
                        catalog.environments().keySet().stream().map(EnvironmentName::value),
                        catalog.operations().keySet().stream().map(Operation::value))
                .toList();
        var shown = Truncate.of(word, 60);
        return new Parsed.Invalid("\"" + shown + "\" is not an environment, operation, alert or label=value"
                + Suggestion.of(word, known)
                        .map(n -> "; did you mean " + n + "?")
                        .orElse(""));
    }
}
