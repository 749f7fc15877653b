package dev.playcall.boot;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.StringJoiner;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A line of text as a person fills it into Discord's form for a slash command. */
record SlashLine(String command, Map<String, Object> options) {
    /** What stands between quotes is one word. */
    private static final Pattern WORD = Pattern.compile("(?:[^\\s\"]++|\"[^\"]*+\")++");

    private static final int SUBCOMMAND = 1;
    private static final int GROUP = 2;

    /** Empty when no form can say this line. */
    static Optional<SlashLine> of(String line, List<JsonNode> registered) {
        var words = new ArrayList<>(
                WORD.matcher(line).results().map(MatchResult::group).toList());
        var name = words.removeFirst();
        return registered.stream()
                .flatMap(c -> below(c, ""))
                .filter(c -> c.command().path("name").asText().equals(name))
                .findFirst()
                .flatMap(c -> fill(c.command(), words).map(o -> new SlashLine(c.path(), o)));
    }

    /** A command, and the words that lead to it. */
    private record Found(JsonNode command, String path) {}

    /** A command itself, or those in it and in its groups. */
    private static Stream<Found> below(JsonNode command, String above) {
        var path = (above + " " + command.path("name").asText()).strip();
        boolean holds = command.path("options")
                .valueStream()
                .anyMatch(o ->
                        o.path("type").asInt() == SUBCOMMAND || o.path("type").asInt() == GROUP);
        return holds
                ? command.path("options").valueStream().flatMap(o -> below(o, path))
                : Stream.of(new Found(command, path));
    }

    private static Optional<Map<String, Object>> fill(JsonNode command, List<String> words) {
        Map<String, Object> options = new LinkedHashMap<>();
        var rest = new StringJoiner(" ");
        var places = new ArrayList<>(command.path("options")
                .valueStream()
                .map(o -> o.path("name").asText())
                .filter(n -> List.of(
                                "playbook", "operation", "env", "run", "state", "command", "action", "what", "reason")
                        .contains(n))
                .toList());
        while (!words.isEmpty()) {
            var word = words.removeFirst();
            if (word.startsWith("--")) {
                var option = option(command, word.substring(2));
                if (option.isEmpty()) {
                    return Optional.empty();
                }
                boolean flag = option.get().path("type").asInt() == 5;
                options.put(word.substring(2), flag ? true : bare(words.removeFirst()));
            } else if (word.contains("=")) {
                var name = word.substring(0, word.indexOf('='));
                if (option(command, name).isPresent()) {
                    options.put(name, bare(word.substring(word.indexOf('=') + 1)));
                } else if (places.size() == 1 && places.getFirst().equals("what")) {
                    options.merge("what", word, (a, b) -> a + " " + b);
                } else {
                    rest.add(word);
                }
            } else if (places.isEmpty()) {
                return Optional.empty();
            } else if (places.size() == 1 && List.of("what", "reason").contains(places.getFirst())) {
                options.merge(places.getFirst(), word, (a, b) -> a + " " + b);
            } else {
                options.put(places.removeFirst(), word);
            }
        }
        if (rest.length() > 0) {
            options.put("vars", rest.toString());
        }
        return Optional.of(options).filter(o -> isComplete(command, o.keySet()));
    }

    /** Discord lets nobody send a form with something missing, or with a field it does not have. */
    private static boolean isComplete(JsonNode command, Set<String> filled) {
        return filled.stream().allMatch(n -> option(command, n).isPresent())
                && command.path("options")
                        .valueStream()
                        .filter(o -> o.path("required").asBoolean())
                        .allMatch(o -> filled.contains(o.path("name").asText()));
    }

    private static String bare(String word) {
        return word.replace("\"", "");
    }

    private static Optional<JsonNode> option(JsonNode command, String name) {
        return command.path("options")
                .valueStream()
                .filter(o -> o.path("name").asText().equals(name))
                .findFirst();
    }
}
