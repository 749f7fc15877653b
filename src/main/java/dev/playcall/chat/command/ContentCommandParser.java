package dev.playcall.chat.command;

import dev.playcall.command.Command;
import dev.playcall.command.ContentCommand;
import dev.playcall.command.ContentCommand.VenvCommand;
import dev.playcall.command.SettingsCommand;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Reads what stands behind {@code sync}, {@code galaxy}, {@code inventory}, {@code venv} and {@code settings}. */
final class ContentCommandParser {
    static final Set<String> NAMES = Set.of("sync", "galaxy", "inventory", "settings", "venv");

    private ContentCommandParser() {}

    static CommandParser.Parsed parse(CommandEntry entry, List<String> rest) {
        var remaining = CommandParser.words(entry.name(), rest);
        var command = switch (entry.name()) {
            case "sync" -> sync(rest);
            case "galaxy" -> galaxy(rest);
            case "venv" -> venv(rest);
            case "inventory" -> inventory(rest);
            default -> settings(rest);
        };
        return command.isPresent()
                ? new CommandParser.Parsed.Execute(command.get(), remaining, true)
                : new CommandParser.Parsed.Invalid(
                        entry.synopsis() + " , for example: " + String.join(", or ", entry.examples()));
    }

    private static Optional<Command> sync(List<String> rest) {
        boolean now = rest.equals(List.of("now"));
        return rest.isEmpty() || now ? Optional.of(new ContentCommand.Sync(now)) : Optional.empty();
    }

    private static Optional<Command> venv(List<String> rest) {
        var options = rest.stream().filter(w -> w.startsWith("--")).toList();
        var words = rest.stream().filter(w -> !w.startsWith("--")).toList();
        if (words.equals(List.of("sync"))) {
            return only(options, "--check", VenvCommand.SyncVenvs::new);
        }
        boolean deploys = !words.isEmpty() && words.getFirst().equals("deploy");
        if (deploys && (words.size() == 3 || words.size() == 4)) {
            var where = new VenvCommand.Where(words.get(2), words.size() == 4 ? words.get(3) : "");
            return deploy(words.get(1), where, options);
        }
        return words.size() == 2 || words.size() == 3 ? venv(words, options) : Optional.empty();
    }

    private static Optional<Command> venv(List<String> words, List<String> options) {
        var about = words.get(1);
        var where = new VenvCommand.Where(about, words.size() == 3 ? words.get(2) : "");
        return switch (words.size() == 2 || isOfHost(words.getFirst()) ? words.getFirst() : "") {
            case "analyze" -> analyze(about, options);
            case "show-spec" -> options.isEmpty() ? Optional.of(new VenvCommand.ShowSpec(about)) : Optional.empty();
            case "list-host" -> only(options, "--verify", given -> new VenvCommand.ListVenvs(where, given));
            case "cleanup" -> only(options, "--dry-run", given -> new VenvCommand.CleanUpVenvs(where, given));
            default -> Optional.empty();
        };
    }

    private static Optional<Command> deploy(String playbook, VenvCommand.Where where, List<String> options) {
        return Set.of("--force", "--no-lint").containsAll(options)
                ? Optional.of(new VenvCommand.DeployVenv(
                        playbook, where, options.contains("--force"), !options.contains("--no-lint")))
                : Optional.empty();
    }

    private static Optional<Command> analyze(String playbook, List<String> options) {
        return Set.of("--no-lint", "--relock").containsAll(options)
                ? Optional.of(new VenvCommand.AnalyzePlaybook(
                        playbook, !options.contains("--no-lint"), options.contains("--relock")))
                : Optional.empty();
    }

    private static boolean isOfHost(String action) {
        return action.equals("list-host") || action.equals("cleanup");
    }

    /** No option, or this one. */
    private static Optional<Command> only(List<String> options, String known, Function<Boolean, Command> command) {
        return options.isEmpty() || options.equals(List.of(known))
                ? Optional.of(command.apply(!options.isEmpty()))
                : Optional.empty();
    }

    private static Optional<Command> settings(List<String> rest) {
        return switch (rest.isEmpty() ? "" : rest.getFirst()) {
            case "" -> Optional.of(new SettingsCommand.ShowSettings());
            case "set" ->
                rest.size() < 3
                        ? Optional.empty()
                        : Optional.of(new SettingsCommand.SetSetting(
                                rest.get(1), String.join(" ", rest.subList(2, rest.size())), ""));
            case "reset" ->
                rest.size() == 2 ? Optional.of(new SettingsCommand.ResetSetting(rest.get(1), "")) : Optional.empty();
            default -> Optional.empty();
        };
    }

    private static Optional<Command> inventory(List<String> rest) {
        return rest.size() == 2 && rest.getFirst().equals("refresh")
                ? Optional.of(new ContentCommand.RefreshInventory(rest.get(1)))
                : Optional.empty();
    }

    private static Optional<Command> galaxy(List<String> rest) {
        boolean again = rest.equals(List.of("install", "--again")) || rest.equals(List.of("install", "again"));
        boolean install = again || rest.equals(List.of("install"));
        return rest.isEmpty() || install
                ? Optional.of(new ContentCommand.InstallGalaxy(install, again))
                : Optional.empty();
    }
}
