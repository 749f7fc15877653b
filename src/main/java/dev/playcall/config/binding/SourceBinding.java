package dev.playcall.config.binding;

import dev.playcall.config.Config.Secret;
import dev.playcall.config.NotifyConfig.JsonForm;
import dev.playcall.config.NotifyConfig.Kind;
import dev.playcall.config.NotifyConfig.Source;
import dev.playcall.config.RouteOptions;
import dev.playcall.config.Section;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Reads {@code notify.sources}. */
final class SourceBinding {
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9_-]{0,40}");
    /** As RFC 6901 has it: empty, or names behind slashes, in which ~ is ~0 and / is ~1. */
    private static final Pattern POINTER = Pattern.compile("(/([^~/]|~[01])*)+");

    private static final List<String> FIELDS =
            List.of("title", "text", "severity", "status", "key", "subject", "event", "link", "at");
    private static final List<String> SEVERITIES = List.of("info", "warning", "error", "critical");
    private static final List<String> STATUSES = List.of("event", "open", "resolved");

    private final Section notify;

    SourceBinding(Section notify) {
        this.notify = notify;
    }

    /** @param actions gets what can be done about what a source reports, by its name */
    SortedMap<String, Source> read(SortedMap<String, List<RouteOptions.Suggestion>> actions) {
        var section = notify.section("sources");
        var found = new TreeMap<String, Source>();
        section.entries().keySet().forEach(name -> {
            if (!NAME.matcher(name).matches()) {
                section.wrong(section.place(name), name, "a source has lower case letters, digits, - and _");
            }
            found.put(name, source(section, name, actions));
        });
        return found;
    }

    private static Source source(
            Section sources, String name, SortedMap<String, List<RouteOptions.Suggestion>> actions) {
        var s = sources.section(name);
        var kind = kind(s.oneOf("kind", "notices", "alertmanager", "grafana", "github", "json"));
        var form = kind == Kind.JSON ? Optional.of(form(s)) : Optional.<JsonForm>empty();
        var source = new Source(kind, new Secret(s.text("token", "")), SigningSecrets.one(s), form);
        if (source.token().isEmpty() && source.secret().isEmpty()) {
            sources.wrong(sources.place(name), name, "a source needs a token or a secret, otherwise anyone could post");
        }
        actions.put(name, RouteOptionsBinding.actions(s));
        s.end();
        return source;
    }

    private static Kind kind(String word) {
        return switch (word) {
            case "alertmanager", "grafana" -> Kind.ALERTMANAGER;
            case "github" -> Kind.GITHUB;
            case "json" -> Kind.JSON;
            default -> Kind.NOTICES;
        };
    }

    private static JsonForm form(Section s) {
        var items = s.optionalValue("items", SourceBinding::pointer, "a JSON pointer", "/alerts")
                .orElse("");
        var map = s.section("map");
        var fields = new TreeMap<String, String>();
        FIELDS.forEach(f -> map.optionalValue(f, SourceBinding::where, "a JSON pointer or a constant", "/" + f)
                .ifPresent(v -> fields.put(f, v)));
        if (!fields.containsKey("title")) {
            s.wrong(s.place("map"), "map.title", "an event needs a title (try title: /message)");
        }
        var labelled = map.section("labels");
        var labels = new TreeMap<String, String>();
        labelled.entries()
                .keySet()
                .forEach(l -> labelled.optionalValue(l, SourceBinding::where, "a JSON pointer or a constant", "/host")
                        .ifPresent(v -> labels.put(l, v)));
        map.end();
        return new JsonForm(items, fields, labels, words(s, "severities", SEVERITIES), words(s, "statuses", STATUSES));
    }

    /** What begins with a slash is a pointer, everything else stands for itself. */
    private static Optional<String> where(String text) {
        return text.startsWith("/") ? pointer(text) : Optional.of(text).filter(t -> !t.isBlank());
    }

    private static Optional<String> pointer(String text) {
        return POINTER.matcher(text).matches() ? Optional.of(text) : Optional.empty();
    }

    private static SortedMap<String, String> words(Section s, String key, List<String> ours) {
        var section = s.section(key);
        var words = new TreeMap<String, String>();
        section.entries()
                .keySet()
                .forEach(theirs -> section.optionalValue(
                                theirs,
                                t -> Optional.of(t.toLowerCase(Locale.ROOT)).filter(ours::contains),
                                "one of " + String.join(", ", ours),
                                ours.getLast())
                        .ifPresent(o -> words.put(theirs.toLowerCase(Locale.ROOT), o)));
        return words;
    }
}
