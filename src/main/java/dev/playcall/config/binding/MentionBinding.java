package dev.playcall.config.binding;

import dev.playcall.config.ReceiverConfig.Mention;
import dev.playcall.config.ReceiverConfig.Mention.Kind;
import dev.playcall.config.ReceiverConfig.Ping;
import dev.playcall.config.Section;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads {@code mention:} of a receiver: who is called when, in the words of the platform. */
final class MentionBinding {
    private static final Map<String, Map<Kind, Pattern>> FORMS = Map.of(
            "slack",
            Map.of(
                    Kind.PERSON, Pattern.compile("<@([UW][A-Z0-9]{2,30})>"),
                    Kind.GROUP, Pattern.compile("<!subteam\\^(S[A-Z0-9]{2,30})>"),
                    Kind.HERE, Pattern.compile("(?:<!here>|@here)()"),
                    Kind.EVERYBODY, Pattern.compile("(?:<!channel>|@channel|<!everyone>|@everyone)()")),
            "discord",
            Map.of(
                    Kind.PERSON, Pattern.compile("<@!?([0-9]{5,25})>"),
                    Kind.GROUP, Pattern.compile("<@&([0-9]{5,25})>"),
                    Kind.HERE, Pattern.compile("@here()"),
                    Kind.EVERYBODY, Pattern.compile("@everyone()")));
    private static final Map<String, String> EXAMPLES =
            Map.of("slack", "\"<@U0123>\", \"<!subteam^S0123>\", \"<!here>\"", "discord", "\"<@123>\", \"<@&456>\"");

    private MentionBinding() {}

    static List<Ping> read(Section s, String platform) {
        var found = new ArrayList<Ping>();
        s.entries().keySet().forEach(when -> {
            var who = new ArrayList<Mention>();
            for (var text : s.texts(when)) {
                var mention = mention(text.strip(), platform);
                mention.ifPresent(who::add);
                if (mention.isEmpty()) {
                    s.wrong(
                            s.place(when),
                            when,
                            "\"" + text + "\" is not a mention on " + platform + " (try " + EXAMPLES.get(platform)
                                    + ")");
                }
            }
            found.add(new Ping(s.place(when), when, who));
        });
        return found;
    }

    private static Optional<Mention> mention(String text, String platform) {
        for (var form :
                Optional.ofNullable(FORMS.get(platform)).orElse(Map.of()).entrySet()) {
            var found = form.getValue().matcher(text);
            if (found.matches()) {
                return Optional.of(new Mention(form.getKey(), found.group(1)));
            }
        }
        return Optional.empty();
    }
}
