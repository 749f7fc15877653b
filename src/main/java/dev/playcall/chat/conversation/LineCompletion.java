package dev.playcall.chat.conversation;

import dev.playcall.catalog.Catalog;
import dev.playcall.catalog.Catalogs;
import dev.playcall.chat.command.CommandCatalogue;
import dev.playcall.chat.command.CommandEntry;
import dev.playcall.chat.command.CommandOption;
import dev.playcall.chat.command.CommandOption.Written;
import dev.playcall.chat.message.Choice;
import dev.playcall.command.Caller;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What may follow at the end of a line of text: commands, values, names of options. A choice stands for the whole last
 * word; one without a value only says what is expected there.
 */
record LineCompletion(Catalogs catalogs, Completion completion) {
    /** What stands between quotes is one word, also when the second quote is missing. */
    private static final Pattern WORD = Pattern.compile("(?:[^\\s\"]++|\"[^\"]*+\"?)++");

    /** @param line up to the cursor */
    List<Choice> of(Caller caller, String line) {
        var words = new ArrayList<>(
                WORD.matcher(line).results().map(MatchResult::group).toList());
        boolean begins = words.isEmpty() || Character.isWhitespace(line.charAt(line.length() - 1));
        var typed = begins ? "" : words.removeLast();
        var catalog = catalogs.current();
        return words.isEmpty()
                ? commands(catalog, typed)
                : CommandCatalogue.find(catalog, words.removeFirst().replaceFirst("^/", ""))
                        .map(e -> new Line(e, words).choices(caller, completion, typed))
                        .orElse(List.of());
    }

    private static List<Choice> commands(Catalog catalog, String typed) {
        var slash = typed.startsWith("/") ? "/" : "";
        return CommandCatalogue.of(catalog).stream()
                .map(e -> new Choice(e.summary(), slash + e.name()))
                .filter(c -> c.value().startsWith(typed))
                .toList();
    }

    /** A command with the words behind it that are complete. */
    private static final class Line {
        private final CommandEntry entry;
        private final Map<String, String> given = new LinkedHashMap<>();
        private final List<CommandOption> places;
        private Optional<CommandOption> waiting = Optional.empty();

        Line(CommandEntry entry, List<String> words) {
            this.entry = entry;
            this.places = new ArrayList<>(entry.options().stream()
                    .filter(o -> o.written() == Written.WORD
                            || (o.written() == Written.REST && o.type() != CommandOption.Type.VARIABLES))
                    .toList());
            words.forEach(this::take);
        }

        private void take(String word) {
            var dashes = dashes(word);
            var pair = pair(word);
            if (waiting.isPresent()) {
                given.put(waiting.get().name(), word);
                waiting = Optional.empty();
            } else if (dashes.isPresent()) {
                given.put(dashes.get().name(), "true");
                waiting = dashes.filter(o -> o.type() != CommandOption.Type.FLAG);
            } else if (pair.isPresent()) {
                given.put(pair.get().name(), word.substring(word.indexOf('=') + 1));
            } else if (!places.isEmpty()) {
                var place = places.getFirst();
                given.merge(place.name(), word, (a, b) -> a + " " + b);
                if (place.written() == Written.WORD) {
                    places.removeFirst();
                }
            }
        }

        private Optional<CommandOption> dashes(String word) {
            return word.startsWith("--") ? entry.option(word.substring(2)).filter(this::isDashes) : Optional.empty();
        }

        private boolean isDashes(CommandOption option) {
            return option.written() == Written.DASHES;
        }

        private Optional<CommandOption> pair(String word) {
            int equals = word.indexOf('=');
            return equals < 1
                    ? Optional.empty()
                    : entry.option(word.substring(0, equals)).filter(o -> o.written() == Written.EQUALS);
        }

        List<Choice> choices(Caller caller, Completion completion, String typed) {
            var pair = pair(typed);
            if (waiting.isPresent()) {
                return values(caller, completion, waiting.get(), typed);
            }
            if (pair.isPresent()) {
                var name = pair.get().name() + "=";
                return values(caller, completion, pair.get(), typed.substring(name.length())).stream()
                        .map(c -> c.value().isEmpty() ? c : new Choice(c.label(), name + c.value()))
                        .toList();
            }
            var next = places.stream().findFirst();
            var here = next.stream()
                    .filter(_ -> !typed.startsWith("--"))
                    .flatMap(o -> values(caller, completion, o, typed).stream());
            boolean first = next.filter(o -> o.required() && !given.containsKey(o.name()))
                    .isPresent();
            return (first ? here : Stream.concat(here, names(typed))).toList();
        }

        /** Names of the options that are not there yet. */
        private Stream<Choice> names(String typed) {
            return entry.options().stream()
                    .filter(o -> !given.containsKey(o.name()))
                    .filter(o -> o.written() == Written.DASHES || o.written() == Written.EQUALS)
                    .map(o -> new Choice(o.help(), isDashes(o) ? "--" + o.name() : o.name() + "="))
                    .filter(c -> c.value().startsWith(typed));
        }

        private List<Choice> values(Caller caller, Completion completion, CommandOption option, String typed) {
            var found = completion.of(caller, entry.name(), option.name(), given, typed);
            return found.isEmpty() && typed.isEmpty()
                    ? List.of(new Choice(option.usage() + ": " + option.help(), ""))
                    : found;
        }
    }
}
