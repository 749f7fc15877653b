package dev.playcall.config.binding;

import dev.playcall.config.NotifyConfig;
import dev.playcall.config.ReceiverConfig;
import dev.playcall.config.Section;
import dev.playcall.config.yaml.ConfigException;
import dev.playcall.config.yaml.Problem;
import dev.playcall.config.yaml.YamlFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads a receiver or a route that does not stand in the configuration file, in the same words. Nothing is taken from the
 * environment: {@code ${NAME}} is a text like any other.
 */
public final class NotifyFragment {
    private static final Path SHOWN = Path.of("page");

    private NotifyFragment() {}

    /** Whether a receiver may be called so. */
    public static boolean isName(String text) {
        return ReceiverBinding.isName(text);
    }

    /**
     * One receiver.
     *
     * @param definition its keys as in the file, as JSON or YAML
     * @param home the folder that relative paths count from
     * @throws ConfigException with everything that is wrong, without the values
     */
    public static ReceiverConfig receiver(String name, String definition, Path home) {
        var problems = new ArrayList<Problem>();
        var found = new ReceiverBinding(section("notify", "", problems), home)
                .one(section("receivers", "{\"" + name + "\": " + definition + "}", problems), name);
        refuse(problems, "receivers." + name);
        return found.orElseThrow(() -> new ConfigException(List.of(new Problem("page", "the receiver is empty"))));
    }

    /**
     * One route.
     *
     * @param name what deliveries and the route test call it
     * @param receivers those it may name
     * @throws ConfigException with everything that is wrong
     */
    public static NotifyConfig.Route route(String name, String definition, Set<String> receivers) {
        var problems = new ArrayList<Problem>();
        var notify = new NotifyBinding(section("notify", "", problems), Path.of(""));
        var found = notify.route(section("route", definition, problems), name, Optional.empty(), receivers, 0);
        refuse(problems, "route");
        return found;
    }

    private static Section section(String name, String text, List<Problem> problems) {
        return new Section(name, YamlFile.parse(text, SHOWN).root(), problems);
    }

    private static void refuse(List<Problem> problems, String prefix) {
        if (!problems.isEmpty()) {
            throw new ConfigException(problems.stream()
                    .map(p -> new Problem(p.place(), without(p.message(), prefix)))
                    .toList());
        }
    }

    /** The one who reads it has a form, and knows what it is about. */
    private static String without(String message, String prefix) {
        return message.startsWith(prefix + ".") || message.startsWith(prefix + ": ")
                ? message.substring(prefix.length() + 1).strip()
                : message;
    }
}
