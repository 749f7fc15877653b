package dev.playcall.notify.routing;

import dev.playcall.config.NotifyConfig;
import dev.playcall.config.RouteOptions;
import dev.playcall.notify.event.Matcher;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** While something that fits {@code source} is open, what fits {@code target} with the same labels is kept back. */
public record Inhibition(List<Matcher> source, List<Matcher> target, List<String> equal) {
    public Inhibition {
        source = List.copyOf(source);
        target = List.copyOf(target);
        equal = List.copyOf(equal);
    }

    /** The rules of the configuration; what is wrong with them is added to {@code problems}, each with its place. */
    public static List<Inhibition> of(NotifyConfig notifyConfig, List<String> problems) {
        return notifyConfig.inhibit().stream().map(i -> of(i, problems)).toList();
    }

    private static Inhibition of(RouteOptions.Inhibition rule, List<String> problems) {
        return new Inhibition(
                matchers(rule.source(), rule.place(), problems),
                matchers(rule.target(), rule.place(), problems),
                rule.equal());
    }

    private static List<Matcher> matchers(List<String> texts, String place, List<String> problems) {
        var found = new ArrayList<Matcher>();
        for (var text : texts) {
            switch (Matcher.parse(text)) {
                case Matcher.Parsed.Valid(var matcher) -> found.add(matcher);
                case Matcher.Parsed.Invalid(var why) ->
                    problems.add(place + ": notify.inhibit: \"" + text + "\" " + why);
            }
        }
        return found;
    }

    public boolean inhibits(Map<String, String> these, Map<String, String> because) {
        return target.stream().allMatch(m -> m.matches(these))
                && source.stream().allMatch(m -> m.matches(because))
                && equal.stream().allMatch(l -> value(these, l).equals(value(because, l)));
    }

    private static String value(Map<String, String> labels, String label) {
        return Optional.ofNullable(labels.get(label)).orElse("");
    }
}
