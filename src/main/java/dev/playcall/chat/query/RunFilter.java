package dev.playcall.chat.query;

import dev.playcall.catalog.Catalog;
import dev.playcall.chat.command.CommandParser;
import dev.playcall.chat.message.UntrustedText;
import dev.playcall.command.Caller;
import dev.playcall.config.binding.LocalTimes;
import dev.playcall.domain.RunState;
import dev.playcall.domain.RunType;
import dev.playcall.domain.name.EnvironmentName;
import dev.playcall.domain.name.Operation;
import dev.playcall.domain.name.PlaybookName;
import dev.playcall.domain.name.Suggestion;
import dev.playcall.journal.RunQuery;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads what stands behind {@code runs}: states, environments and operations as they are, everything else by its name. */
final class RunFilter {
    private static final Map<String, String> NAMES = Map.ofEntries(
            Map.entry("state", "state"),
            Map.entry("status", "state"),
            Map.entry("env", "env"),
            Map.entry("environment", "env"),
            Map.entry("operation", "operation"),
            Map.entry("playbook", "playbook"),
            Map.entry("type", "type"),
            Map.entry("host", "host"),
            Map.entry("by", "by"),
            Map.entry("person", "by"),
            Map.entry("requested_by", "by"),
            Map.entry("since", "since"),
            Map.entry("from", "since"),
            Map.entry("until", "until"),
            Map.entry("to", "until"),
            Map.entry("text", "text"),
            Map.entry("q", "text"),
            Map.entry("before", "before"));

    private final Catalog catalog;
    private final Caller caller;
    private final Instant now;
    private final Map<String, String> given = new HashMap<>();
    private final Set<RunState> states = new LinkedHashSet<>();
    private Optional<Instant> from = Optional.empty();
    private Optional<Instant> to = Optional.empty();
    private Optional<RunType> type = Optional.empty();
    private Optional<Long> before = Optional.empty();

    RunFilter(Catalog catalog, Caller caller, Instant now) {
        this.catalog = catalog;
        this.caller = caller;
        this.now = now;
    }

    /** Returns what is wrong with them. */
    Optional<String> read(List<String> words) {
        for (int i = 0; i < words.size(); i++) {
            var word = words.get(i);
            int equals = word.indexOf('=');
            boolean dashed = word.startsWith("-");
            boolean time = word.equals("since") || word.equals("until") || (dashed && equals < 0);
            var name = word.replaceFirst("^--?", "").replaceFirst("=.*", "");
            if ((dashed || equals > 0) && !NAMES.containsKey(name.toLowerCase(Locale.ROOT))) {
                return Optional.of(unknown(name, dashed));
            }
            var wrong = time && i + 1 < words.size()
                    ? named(name, words.get(++i))
                    : equals > 0 || dashed
                            ? named(name, word.substring(equals < 0 ? word.length() : equals + 1))
                            : bare(word);
            if (wrong.isPresent()) {
                return wrong;
            }
        }
        return Optional.empty();
    }

    private Optional<String> bare(String word) {
        if (RunState.of(word).isPresent()) {
            return named("state", word);
        }
        if (EnvironmentName.isValid(word)
                && catalog.environment(new EnvironmentName(word)).isPresent()) {
            return named("env", word);
        }
        if (Operation.isValid(word) && catalog.operation(new Operation(word)).isPresent()) {
            return named("operation", word);
        }
        var known = Stream.of(
                        words(),
                        catalog.environments().keySet().stream().map(EnvironmentName::value),
                        catalog.operations().keySet().stream().map(Operation::value))
                .flatMap(names -> names)
                .toList();
        var near = Suggestion.of(word, known);
        return Optional.of(quoted(word) + " is not an environment, a state or an operation ("
                + near.map(n -> "did you mean " + n + "?").orElseGet(RunFilter::states)
                + "); to look for words: runs text=" + (word.contains(" ") ? '"' + word + '"' : word));
    }

    /** Every word for a state, {@code success} and {@code succeeded}. */
    private static Stream<String> words() {
        return Arrays.stream(RunState.values()).flatMap(s -> Stream.of(s.word(), s.typed()));
    }

    private static String states() {
        return Arrays.stream(RunState.values()).map(RunState::typed).collect(Collectors.joining(", "));
    }

    private static String quoted(String word) {
        return '"' + UntrustedText.line(word, 60) + '"';
    }

    /** What would be right is proposed as it was typed: {@code --host} or {@code host=}. */
    private static String unknown(String name, boolean dashed) {
        return "there is no filter " + quoted(dashed ? "--" + name : name)
                + Suggestion.of(name, NAMES.keySet())
                        .map(n -> "; did you mean " + (dashed ? "--" + n : n + "=") + "?")
                        .orElse("; there are host=, by=, playbook=, type=, since=, until=, text=");
    }

    private Optional<String> named(String name, String value) {
        var key = NAMES.getOrDefault(name.toLowerCase(Locale.ROOT), name);
        if (value.isBlank()) {
            return Optional.of("what should " + key + "= be?");
        }
        return switch (key) {
            case "state" -> state(value);
            case "since" -> time(value, false);
            case "until" -> time(value, true);
            case "before" -> before(value);
            case "type" -> type(value);
            case "by" -> keep(key, person(value));
            default -> keep(key, value);
        };
    }

    private Optional<String> keep(String key, String value) {
        given.put(key, value);
        return Optional.empty();
    }

    private Optional<String> state(String value) {
        for (var word : value.split(",", -1)) {
            var state = RunState.of(word);
            if (state.isEmpty()) {
                return Optional.of(quoted(word) + " is not a state of a run: "
                        + Suggestion.of(word, words().toList())
                                .map(n -> "did you mean " + n + "?")
                                .orElseGet(RunFilter::states));
            }
            states.add(state.get());
        }
        return Optional.empty();
    }

    private Optional<String> type(String value) {
        type = RunType.of(value.toLowerCase(Locale.ROOT));
        return type.isPresent()
                ? Optional.empty()
                : Optional.of(quoted(value) + " is not a type of run: "
                        + Arrays.stream(RunType.values()).map(RunType::word).collect(Collectors.joining(", ")));
    }

    private Optional<String> before(String value) {
        before = CommandParser.runId(value).map(r -> r.value());
        return before.isPresent() ? Optional.empty() : Optional.of(quoted(value) + " is not the number of a run");
    }

    private Optional<String> time(String value, boolean end) {
        var found = LocalTimes.of(value, now);
        if (found.isEmpty()) {
            return Optional.of(quoted(value) + " is not a time: 2h, 7d, 2026-01-31 or 2026-01-31T09:30 (UTC)");
        }
        if (end) {
            to = found;
        } else {
            from = found;
        }
        return Optional.empty();
    }

    /** A mention of a platform says the id between signs. */
    private String person(String value) {
        return value.equals("me") ? caller.person().value() : value.replaceAll("^<?@!?([^|>]+)(\\|[^>]*)?>?$", "$1");
    }

    private Optional<String> of(String key) {
        return Optional.ofNullable(given.get(key));
    }

    /** The same as parameters of the API, each with its name there. */
    Map<String, String> parameters() {
        Map<String, String> parameters = new LinkedHashMap<>();
        put(parameters, "status", states.stream().map(RunState::word).collect(Collectors.joining(",")));
        put(parameters, "operation", of("operation").orElse(""));
        put(parameters, "playbook", of("playbook").orElse(""));
        put(parameters, "environment", of("env").orElse(""));
        put(parameters, "host", of("host").orElse(""));
        put(parameters, "requested_by", of("by").orElse(""));
        put(parameters, "from", from.map(Instant::toString).orElse(""));
        put(parameters, "to", to.map(Instant::toString).orElse(""));
        put(parameters, "q", of("text").orElse(""));
        put(parameters, "type", type.map(RunType::word).orElse(""));
        put(parameters, "cursor", before.map(Object::toString).orElse(""));
        return parameters;
    }

    private static void put(Map<String, String> parameters, String name, String value) {
        if (!value.isEmpty()) {
            parameters.put(name, value);
        }
    }

    RunQuery query(int limit) {
        var query = RunQuery.newest(limit)
                .states(states)
                .operation(of("operation"))
                .playbook(of("playbook").map(PlaybookName::withoutEnding))
                .environment(of("env"))
                .host(of("host"))
                .requestedBy(of("by"))
                .between(from, to)
                .text(of("text"))
                .type(type);
        return before.map(query::before).orElse(query);
    }
}
