package dev.playcall.chat.command;

import dev.playcall.catalog.Catalog;
import dev.playcall.chat.message.UntrustedText;
import dev.playcall.command.BatchCommand;
import dev.playcall.command.Command;
import dev.playcall.command.IdentityCommand;
import dev.playcall.command.QueueCommand;
import dev.playcall.command.RunCommand;
import dev.playcall.domain.name.Operation;
import dev.playcall.domain.name.PlaybookName;
import dev.playcall.domain.name.RunId;
import dev.playcall.domain.name.Suggestion;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Turns a line of text into a command for the command handler, a question, or one line that says what is wrong with it. */
public final class CommandParser {
    private static final Set<String> OF_DEPLOYMENTS = Set.of("cancel", "resume", "retry");

    private final Catalog catalog;

    public CommandParser(Catalog catalog) {
        this.catalog = catalog;
    }

    /** What a line means. */
    public sealed interface Parsed {
        /** {@code words} as they were said; {@code confirmed} that it is meant, without being asked. */
        record Execute(Command command, List<String> words, boolean confirmed) implements Parsed {}

        /** About the secrets that are kept; {@code words} as they were said. */
        record Secret(List<String> arguments, List<String> words) implements Parsed {}

        /** Whoever says it is called when it is the turn of this run. */
        record NotifyMe(RunId run) implements Parsed {}

        /** About the channel it is said in. */
        record ChannelCommand(String name, List<String> arguments) implements Parsed {}

        record Query(String name, List<String> arguments) implements Parsed {}

        record Invalid(String message) implements Parsed {}

        record Nothing() implements Parsed {}
    }

    public Parsed parse(String text) {
        return switch (CommandWords.of(text)) {
            case CommandWords.Split.Invalid(var message) -> new Parsed.Invalid(message);
            case CommandWords.Split.Valid(var words) -> parse(words);
        };
    }

    public Parsed parse(List<String> words) {
        return words.isEmpty() ? new Parsed.Nothing() : command(words);
    }

    /** A line that says these words, to be typed or pasted. */
    public static String line(List<String> words) {
        return CommandWords.line(words);
    }

    private Parsed command(List<String> words) {
        var first = words.getFirst().replaceFirst("^/", "").toLowerCase(Locale.ROOT);
        var rest = words.subList(1, words.size());
        if (first.equals("playcall")) {
            return rest.isEmpty() ? new Parsed.Query("help", List.of()) : command(rest);
        }
        var taken = first.equals("rollback") ? CommandWords.about("deployment", rest) : Optional.<List<String>>empty();
        if (taken.isPresent()) {
            return DeploymentCommandParser.of(first, taken.get());
        }
        var entry = CommandCatalogue.find(catalog, first);
        if (entry.isEmpty()) {
            return unknown(first, rest);
        }
        var refused = entry.get().unknownOption(rest).or(() -> entry.get().extraWord(rest));
        if (refused.isPresent()) {
            return new Parsed.Invalid(refused.get());
        }
        return switch (entry.get().kind()) {
            case QUERY -> new Parsed.Query(first, rest);
            case SECRET -> new Parsed.Secret(rest, words);
            case CHANNEL -> new Parsed.ChannelCommand(first, rest);
            case SCHEDULE ->
                first.equals("report")
                        ? new ReportCommandParser(entry.get()).parse(rest)
                        : new ScheduleCommandParser(entry.get(), this::parse).parse(rest);
            case ACTION, HOLD -> execute(entry.get(), rest);
            case PERSON -> person(entry.get(), rest);
            case RUN -> run(first, rest);
        };
    }

    private Parsed unknown(String word, List<String> rest) {
        if (PlaybookName.isValid(word)
                && catalog.playbook(new PlaybookName(word)).isPresent()) {
            var line = "play " + word + " " + String.join(" ", rest);
            return new Parsed.Invalid("there is no command \"" + word + "\", but a playbook of this name: "
                    + UntrustedText.line(line.strip(), 120));
        }
        var broken = CommandCatalogue.problem(catalog, word);
        if (broken.isPresent()) {
            return new Parsed.Invalid("there is no command \"" + word + "\" because of a mistake: " + broken.get());
        }
        var names =
                CommandCatalogue.of(catalog).stream().map(CommandEntry::name).toList();
        var near =
                Suggestion.of(word, names).map(n -> "; did you mean " + n + "?").orElse("; try help");
        return new Parsed.Invalid("there is no command \"" + UntrustedText.line(word, 60) + "\"" + near);
    }

    private Parsed execute(CommandEntry entry, List<String> rest) {
        var deployment = CommandWords.about("deployment", rest);
        if (deployment.isPresent() && OF_DEPLOYMENTS.contains(entry.name())) {
            return DeploymentCommandParser.of(entry.name(), deployment.get());
        }
        if (deployment.isPresent() && entry.name().equals("pause")) {
            return DeploymentCommandParser.unpausable(deployment.get());
        }
        if (entry.name().equals("inventory") && rest.stream().limit(1).anyMatch("show"::equals)) {
            return new Parsed.Query("hosts", rest.subList(1, rest.size()));
        }
        if (QueueCommandParser.NAMES.contains(entry.name())) {
            return QueueCommandParser.parse(entry, rest, catalog);
        }
        if (ContentCommandParser.NAMES.contains(entry.name())) {
            return ContentCommandParser.parse(entry, rest);
        }
        if (entry.name().equals("cancel") && rest.equals(List.of("queue"))) {
            return new Parsed.Execute(new QueueCommand.CancelQueue(), List.of("cancel", "queue"), true);
        }
        if (entry.name().equals("rollout")) {
            return DeploymentCommandParser.parse(rest);
        }
        if (entry.name().equals("batch")) {
            return BatchCommandParser.parse(rest);
        }
        var batch = CommandWords.about("batch", rest);
        if (batch.isPresent() && entry.name().equals("cancel")) {
            return BatchCommandParser.cancel(batch.get());
        }
        if (batch.isPresent() && entry.name().equals("retry")) {
            return BatchCommandParser.retry(batch.get());
        }
        if (entry.name().equals("playbook")) {
            return PlaybookCommandParser.parse(entry, rest);
        }
        if (entry.name().equals("env")) {
            return EnvironmentCommandParser.parse(entry, rest);
        }
        if (entry.name().equals("group")) {
            return HostCommandParser.ofGroup(entry, rest);
        }
        if (entry.name().equals("host")) {
            return HostCommandParser.parse(entry, rest);
        }
        if (entry.name().endsWith("lock")) {
            return LockCommandParser.parse(entry, rest);
        }
        if (entry.name().equals("notify") && !rest.isEmpty() && rest.getFirst().equals("me")) {
            return (rest.size() == 2 ? runId(rest.getLast()) : Optional.<RunId>empty())
                    .<Parsed>map(Parsed.NotifyMe::new)
                    .orElseGet(() -> new Parsed.Invalid("which run? For example: notify me 412"));
        }
        if (AlertCommandParser.COMMANDS.contains(entry.name())) {
            return AlertCommandParser.parse(entry, rest);
        }
        var id = rest.isEmpty() ? Optional.<RunId>empty() : runId(rest.getFirst());
        boolean again = entry.name().equals("retry") || entry.name().equals("rerun");
        boolean talks = again || entry.name().equals("reject") || entry.name().equals("pin");
        if (id.isEmpty() || (rest.size() > 1 && !talks)) {
            return new Parsed.Invalid("which run? " + entry.synopsis() + ", as in "
                    + entry.examples().getFirst() + inEnvironment(entry, rest));
        }
        if (again) {
            return again(entry, id.get(), rest);
        }
        var command = switch (entry.name()) {
            case "approve" -> new RunCommand.Approve(id.get());
            case "pin" -> new RunCommand.Pin(id.get(), String.join(" ", rest.subList(1, rest.size())));
            case "unpin" -> new RunCommand.Unpin(id.get());
            case "reject" -> new RunCommand.Reject(id.get(), String.join(" ", rest.subList(1, rest.size())));
            default -> new RunCommand.Cancel(id.get());
        };
        return new Parsed.Execute(command, List.of(entry.name(), rest.getFirst()), true);
    }

    /** Who names an environment in place of a run may mean a command that starts one. */
    private String inEnvironment(CommandEntry entry, List<String> rest) {
        if (rest.isEmpty() || catalog.environment(rest.getFirst()).isEmpty()) {
            return "";
        }
        var starting = CommandCatalogue.of(catalog).stream()
                .filter(e -> e.kind() == CommandEntry.Kind.RUN)
                .map(CommandEntry::name)
                .toList();
        return Suggestion.of(entry.name(), starting)
                .map(n -> "; did you mean " + n + " " + UntrustedText.line(rest.getFirst(), 60) + "?")
                .orElse("");
    }

    private static Parsed again(CommandEntry entry, RunId run, List<String> rest) {
        boolean retry = entry.name().equals("retry");
        var words = retry ? RetryCommandParser.ofRun() : RetryCommandParser.unchanged();
        var wrong = words.read(rest.subList(1, rest.size()));
        if (wrong.isPresent()) {
            return new Parsed.Invalid(wrong.get());
        }
        var why = words.why();
        var command = retry
                ? new RunCommand.Retry(run, why, words.limit(), words.variables())
                : new RunCommand.Rerun(run, why);
        var remaining = words(entry.name(), rest);
        return new Parsed.Execute(command, remaining, true);
    }

    private static Parsed person(CommandEntry entry, List<String> rest) {
        if (rest.size() != 1) {
            return new Parsed.Invalid(
                    "who? " + entry.synopsis() + ", as in " + entry.examples().getFirst() + "; whoami shows it there");
        }
        var person = rest.getFirst();
        var command =
                entry.name().equals("link") ? new IdentityCommand.Link(person) : new IdentityCommand.Unlink(person);
        return new Parsed.Execute(command, List.of(entry.name(), person), true);
    }

    /** {@code 412} or {@code #412}. */
    public static Optional<RunId> runId(String text) {
        var digits = text.startsWith("#") ? text.substring(1) : text;
        return digits.matches("[1-9]\\d{0,15}") ? Optional.of(new RunId(Long.parseLong(digits))) : Optional.empty();
    }

    /** All words of a command again. */
    static List<String> words(String name, List<String> rest) {
        return Stream.concat(Stream.of(name), rest.stream()).toList();
    }

    private Parsed run(String name, List<String> rest) {
        boolean check = name.equals("check");
        var words = new ArrayList<>(rest);
        var operation = name;
        if (check) {
            if (words.isEmpty()) {
                return new Parsed.Invalid("check what? For example: check deploy production version=v1.2.3");
            }
            operation = words.removeFirst().toLowerCase(Locale.ROOT);
        }
        return run(operation, check, words, words(name, rest));
    }

    private Parsed run(String operation, boolean check, List<String> words, List<String> remaining) {
        var options = new RunOptions(operation.equals(Operation.ADHOC.value()));
        var wrong = options.read(words);
        if (wrong.isPresent()) {
            return new Parsed.Invalid(wrong.get());
        }
        if (check) {
            options.check();
        }
        return positional(operation, options, remaining);
    }

    private static Parsed adhoc(RunOptions options, List<String> remaining) {
        var words = options.words();
        if (words.size() > 2) {
            return new Parsed.Invalid("\"" + UntrustedText.line(words.get(2), 60) + "\" is unexpected; arguments are"
                    + " written key=value, what command or shell executes as one text in quotes");
        }
        return new Parsed.Execute(options.adhoc(), remaining, options.isSure());
    }

    private static Parsed positional(String operation, RunOptions options, List<String> remaining) {
        var words = options.words();
        if (operation.equals(Operation.ADHOC.value())) {
            return adhoc(options, remaining);
        }
        boolean play = operation.equals("play");
        int most = play ? 2 : 1;
        if (words.size() > most) {
            return new Parsed.Invalid("\"" + UntrustedText.line(words.get(most), 60) + "\" is unexpected; "
                    + "variables are written key=value, hosts --limit " + UntrustedText.line(words.get(most), 60));
        }
        var environment = words.size() == most ? words.getLast() : "";
        Optional<String> playbook = play && !words.isEmpty() ? Optional.of(words.getFirst()) : Optional.empty();
        var start = options.start(operation, environment, playbook);
        if (operation.equals(Operation.VALIDATE.value()) && environment.isEmpty()) {
            return new Parsed.Execute(
                    new BatchCommand.StartBatch(List.of("all"), "continue", start), remaining, options.isSure());
        }
        return new Parsed.Execute(start, remaining, options.isSure());
    }
}
