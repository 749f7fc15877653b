package dev.playcall.chat;

import dev.playcall.catalog.Catalog;
import dev.playcall.command.Command;
import dev.playcall.domain.Nearest;
import dev.playcall.domain.RunId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Turns a line of text into a command for the desk, a question, or one line that says what is wrong with it. */
final class Grammar {
    private final Catalog catalog;

    Grammar(Catalog catalog) {
        this.catalog = catalog;
    }

    /** What a line means. */
    sealed interface Parsed {
        /** {@code words} as they were said; {@code sure} that it is meant, without being asked. */
        record Deed(Command command, List<String> words, boolean sure) implements Parsed {}

        /** About the secrets that are kept; {@code words} as they were said. */
        record Secret(List<String> arguments, List<String> words) implements Parsed {}

        /** Whoever says it is called when it is the turn of this run. */
        record TellMe(RunId run) implements Parsed {}

        /** About the channel it is said in. */
        record Here(String name, List<String> arguments) implements Parsed {}

        record Question(String name, List<String> arguments) implements Parsed {}

        record Wrong(String message) implements Parsed {}

        record Nothing() implements Parsed {}
    }

    Parsed parse(String text) {
        return switch (Words.of(text)) {
            case Words.Split.Bad(var message) -> new Parsed.Wrong(message);
            case Words.Split.Good(var words) -> parse(words);
        };
    }

    Parsed parse(List<String> words) {
        return words.isEmpty() ? new Parsed.Nothing() : command(words);
    }

    private Parsed command(List<String> words) {
        var first = words.getFirst().replaceFirst("^/", "").toLowerCase(Locale.ROOT);
        var rest = words.subList(1, words.size());
        if (first.equals("playcall")) {
            return rest.isEmpty() ? new Parsed.Question("help", List.of()) : command(rest);
        }
        var entry = CommandCatalogue.find(catalog, first);
        if (entry.isEmpty()) {
            return unknown(first);
        }
        return switch (entry.get().kind()) {
            case QUESTION -> new Parsed.Question(first, rest);
            case SECRET -> new Parsed.Secret(rest, words);
            case CHANNEL -> new Parsed.Here(first, rest);
            case SCHEDULE ->
                first.equals("report")
                        ? new ReportWords(entry.get()).parse(rest)
                        : new ScheduleWords(entry.get(), this::parse).parse(rest);
            case DEED, STANDING -> deed(entry.get(), rest);
            case PERSON -> person(entry.get(), rest);
            case RUN -> run(first, rest);
        };
    }

    private Parsed unknown(String word) {
        var names =
                CommandCatalogue.of(catalog).stream().map(CommandEntry::name).toList();
        var near = Nearest.of(word, names).map(n -> "; did you mean " + n + "?").orElse("; try help");
        return new Parsed.Wrong("there is no command \"" + ForeignText.line(word, 60) + "\"" + near);
    }

    private Parsed deed(CommandEntry entry, List<String> rest) {
        if (QueueWords.NAMES.contains(entry.name())) {
            return QueueWords.parse(entry, rest, catalog);
        }
        if (LibraryWords.NAMES.contains(entry.name())) {
            return LibraryWords.parse(entry, rest);
        }
        if (entry.name().equals("cancel") && rest.equals(List.of("queue"))) {
            return new Parsed.Deed(new Command.CancelQueue(), List.of("cancel", "queue"), true);
        }
        if (entry.name().equals("batch")) {
            return BatchWords.parse(rest);
        }
        var batch = BatchWords.about(rest);
        if (batch.isPresent() && entry.name().equals("cancel")) {
            return BatchWords.cancel(batch.get());
        }
        if (batch.isPresent() && entry.name().equals("retry")) {
            return BatchWords.retry(batch.get());
        }
        if (entry.name().equals("playbook")) {
            return PlaybookWords.parse(entry, rest);
        }
        if (entry.name().equals("group")) {
            return HostWords.ofGroup(entry, rest);
        }
        if (entry.name().equals("host")) {
            return HostWords.parse(entry, rest);
        }
        if (entry.name().endsWith("lock")) {
            return LockWords.parse(entry, rest);
        }
        if (entry.name().equals("notify") && !rest.isEmpty() && rest.getFirst().equals("me")) {
            return (rest.size() == 2 ? runId(rest.getLast()) : Optional.<RunId>empty())
                    .<Parsed>map(Parsed.TellMe::new)
                    .orElseGet(() -> new Parsed.Wrong("of which run? As in notify me 412"));
        }
        if (AlertWords.COMMANDS.contains(entry.name())) {
            return AlertWords.parse(entry, rest);
        }
        var id = rest.isEmpty() ? Optional.<RunId>empty() : runId(rest.getFirst());
        boolean again = entry.name().equals("retry") || entry.name().equals("rerun");
        boolean talks = again || entry.name().equals("reject") || entry.name().equals("pin");
        if (id.isEmpty() || (rest.size() > 1 && !talks)) {
            return new Parsed.Wrong("which run? " + entry.synopsis() + ", as in "
                    + entry.examples().getFirst());
        }
        if (again) {
            return again(entry, id.get(), rest);
        }
        var command = switch (entry.name()) {
            case "approve" -> new Command.Approve(id.get());
            case "pin" -> new Command.Pin(id.get(), String.join(" ", rest.subList(1, rest.size())));
            case "unpin" -> new Command.Unpin(id.get());
            case "reject" -> new Command.Reject(id.get(), String.join(" ", rest.subList(1, rest.size())));
            default -> new Command.Cancel(id.get());
        };
        return new Parsed.Deed(command, List.of(entry.name(), rest.getFirst()), true);
    }

    private static Parsed again(CommandEntry entry, RunId run, List<String> rest) {
        var words = new AgainWords();
        var wrong = words.read(rest.subList(1, rest.size()));
        if (wrong.isPresent()) {
            return new Parsed.Wrong(wrong.get());
        }
        var why = words.why();
        var command = entry.name().equals("retry") ? new Command.Retry(run, why) : new Command.Rerun(run, why);
        var said = new ArrayList<>(rest);
        said.addFirst(entry.name());
        return new Parsed.Deed(command, said, true);
    }

    private static Parsed person(CommandEntry entry, List<String> rest) {
        if (rest.size() != 1) {
            return new Parsed.Wrong(
                    "who? " + entry.synopsis() + ", as in " + entry.examples().getFirst() + "; whoami says it there");
        }
        var person = rest.getFirst();
        var command = entry.name().equals("link") ? new Command.Link(person) : new Command.Unlink(person);
        return new Parsed.Deed(command, List.of(entry.name(), person), true);
    }

    /** {@code 412} or {@code #412}. */
    static Optional<RunId> runId(String text) {
        var digits = text.startsWith("#") ? text.substring(1) : text;
        return digits.matches("[1-9]\\d{0,15}") ? Optional.of(new RunId(Long.parseLong(digits))) : Optional.empty();
    }

    private Parsed run(String name, List<String> rest) {
        boolean check = name.equals("check");
        var words = new ArrayList<>(rest);
        var operation = name;
        if (check) {
            if (words.isEmpty()) {
                return new Parsed.Wrong("check what? As in check deploy production version=v1.2.3");
            }
            operation = words.removeFirst().toLowerCase(Locale.ROOT);
        }
        var options = new RunOptions();
        var wrong = options.read(words);
        if (wrong.isPresent()) {
            return new Parsed.Wrong(wrong.get());
        }
        if (check) {
            options.check();
        }
        var said = new ArrayList<>(rest);
        said.addFirst(name);
        return positional(operation, options, said);
    }

    private static Parsed positional(String operation, RunOptions options, List<String> said) {
        var words = options.words();
        boolean play = operation.equals("play");
        int most = play ? 2 : 1;
        if (words.size() > most) {
            return new Parsed.Wrong("\"" + ForeignText.line(words.get(most), 60) + "\" is one word too many; "
                    + "variables are written key=value, hosts --limit " + ForeignText.line(words.get(most), 60));
        }
        var environment = words.size() == most ? words.getLast() : "";
        Optional<String> playbook = play && !words.isEmpty() ? Optional.of(words.getFirst()) : Optional.empty();
        return new Parsed.Deed(options.start(operation, environment, playbook), said, options.isSure());
    }
}
