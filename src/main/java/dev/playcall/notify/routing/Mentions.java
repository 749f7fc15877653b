package dev.playcall.notify.routing;

import dev.playcall.config.ReceiverConfig.Mention;
import dev.playcall.config.ReceiverConfig.Mention.Kind;
import dev.playcall.config.ReceiverConfig.Ping;
import dev.playcall.notify.event.Matcher;
import dev.playcall.notify.event.Notification;
import dev.playcall.notify.event.NotificationEvent;
import dev.playcall.notify.event.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Who is called by a message to a channel. Only the configuration can name them; what a message says calls nobody. */
public final class Mentions {
    /** Nobody is ever called. */
    public static final Mentions NONE = new Mentions(List.of());

    private static final int MOST = 20;

    private final List<Rule> rules;

    private Mentions(List<Rule> rules) {
        this.rules = List.copyOf(rules);
    }

    private record Rule(Matcher when, List<Mention> who) {}

    /** What came of reading them: rules, or everything that is wrong, each with its place. */
    public sealed interface Built {
        record Valid(Mentions pings) implements Built {}

        record Invalid(List<String> problems) implements Built {
            public Invalid {
                problems = List.copyOf(problems);
            }
        }
    }

    /** @param receiver whose they are, to be named with a mistake */
    public static Built of(String receiver, List<Ping> pings) {
        var problems = new ArrayList<String>();
        var rules = new ArrayList<Rule>();
        for (var ping : pings) {
            var when =
                    Severity.of(ping.when()).map(s -> "severity>=" + s.word()).orElse(ping.when());
            switch (Matcher.parse(when)) {
                case Matcher.Parsed.Valid(var matcher) -> rules.add(new Rule(matcher, ping.who()));
                case Matcher.Parsed.Invalid(var why) ->
                    problems.add(ping.place() + ": notify.receivers." + receiver + ".mention: \"" + ping.when() + "\" "
                            + why + ", and no severity (info, warning, error, critical)");
            }
        }
        return problems.isEmpty() ? new Built.Valid(new Mentions(rules)) : new Built.Invalid(problems);
    }

    /** Everybody who is to be called because of something in it that is not over. */
    public List<Mention> of(Notification.Content c) {
        return rules.stream()
                .filter(r -> c.items().stream()
                        .filter(i -> i.status() != NotificationEvent.Status.RESOLVED)
                        .anyMatch(i -> r.when().matches(labels(i))))
                .flatMap(r -> r.who().stream())
                .distinct()
                .limit(MOST)
                .toList();
    }

    private static Map<String, String> labels(Notification.Item item) {
        var labels = new TreeMap<>(item.labels());
        labels.put("severity", item.severity().word());
        return labels;
    }

    /** As Slack's markup has it. */
    public static String slack(List<Mention> who) {
        return who.stream()
                .map(m -> switch (m.kind()) {
                    case PERSON -> "<@" + m.id() + ">";
                    case GROUP -> "<!subteam^" + m.id() + ">";
                    case HERE -> "<!here>";
                    case EVERYBODY -> "<!channel>";
                })
                .collect(Collectors.joining(" "));
    }

    /** As Discord's markup has it. */
    public static String discord(List<Mention> who) {
        return who.stream()
                .map(m -> switch (m.kind()) {
                    case PERSON -> "<@" + m.id() + ">";
                    case GROUP -> "<@&" + m.id() + ">";
                    case HERE -> "@here";
                    case EVERYBODY -> "@everyone";
                })
                .collect(Collectors.joining(" "));
    }

    /** The ids of one kind, as Discord wants them named besides. */
    public static List<String> ids(List<Mention> who, Kind kind) {
        return who.stream().filter(m -> m.kind() == kind).map(Mention::id).toList();
    }

    /** Whether those are called whose call could also be written by somebody else: {@code @everyone}. */
    public static boolean callsAll(List<Mention> who) {
        return who.stream().anyMatch(m -> m.kind() == Kind.HERE || m.kind() == Kind.EVERYBODY);
    }
}
