package dev.playcall.chat.query;

import dev.playcall.catalog.Catalogs;
import dev.playcall.catalog.inventory.Environment;
import dev.playcall.catalog.inventory.RegisteredHost;
import dev.playcall.catalog.selection.HostPattern;
import dev.playcall.catalog.variable.VariableSpec;
import dev.playcall.chat.command.CommandCatalogue;
import dev.playcall.chat.command.CommandEntry;
import dev.playcall.chat.message.Answer;
import dev.playcall.chat.message.Message;
import dev.playcall.chat.message.Message.Block;
import dev.playcall.chat.message.Message.Tone;
import dev.playcall.chat.message.UntrustedText;
import dev.playcall.domain.name.PlaybookName;
import dev.playcall.domain.name.Suggestion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Answers what is asked about the catalogue: hosts, playbooks, commands. */
final class CatalogueQueries {
    private static final int SHOWN_PROBLEMS = 5;
    private static final int SHOWN_LINES = 60;
    private final Catalogs catalogs;

    CatalogueQueries(Catalogs catalogs) {
        this.catalogs = catalogs;
    }

    /** What was chosen, as a run takes it: several limits are one. Empty where these words are something else. */
    static Optional<String> limit(List<String> options) {
        var all = new ArrayList<String>();
        for (int i = 0; i < options.size(); i++) {
            var word = options.get(i);
            if (word.startsWith("--limit=")) {
                all.add(word.substring("--limit=".length()));
            } else if (word.equals("--limit") && i + 1 < options.size()) {
                all.add(options.get(++i));
            } else {
                return Optional.empty();
            }
        }
        return Optional.of(String.join(",", all));
    }

    /** @param options {@code --limit} and what it takes, or nothing */
    Answer hosts(Environment environment, List<String> options, Instant now) {
        if (options.isEmpty()) {
            return listed(environment, List.copyOf(environment.hosts()), now);
        }
        var limit = limit(options);
        if (limit.isEmpty()) {
            return Answer.refusal("hosts takes an environment and --limit: hosts production --limit tag:web");
        }
        return switch (HostPattern.resolve(environment, limit.get(), catalogs.facts())) {
            case HostPattern.Hosts(var hosts) -> listed(environment, hosts, now);
            case HostPattern.Invalid(var why, var _) -> Answer.refusal(why);
        };
    }

    private static Answer listed(Environment environment, List<String> chosen, Instant now) {
        var registered =
                environment.registered().stream().map(RegisteredHost::name).collect(Collectors.toSet());
        var groups = new HashMap<String, List<String>>();
        environment
                .groups()
                .forEach((group, hosts) -> hosts.forEach(
                        h -> groups.computeIfAbsent(h, _ -> new ArrayList<>()).add(group)));
        var rows = chosen.stream()
                .map(h -> List.of(
                        registered.contains(h) ? h + " (registered)" : h,
                        String.join(", ", Optional.ofNullable(groups.get(h)).orElse(List.of()))))
                .toList();
        var all = environment.hosts().size();
        var count = rows.size() == all ? "" + all : rows.size() + " of " + all;
        var blocks = new ArrayList<Block>();
        blocks.add(new Block.Title(Tone.PLAIN, environment.name() + ": " + count + (all == 1 ? " host" : " hosts")));
        blocks.add(new Block.Table(List.of("Host", "Groups"), rows));
        StatusTable.fetched(environment, now).ifPresent(blocks::add);
        blocks.addAll(RegisteredHostQueries.hidden(environment, h -> rows.size() == all || chosen.contains(h)));
        return Answer.of(new Message(blocks));
    }

    Answer playbooks() {
        var catalog = catalogs.current();
        var rows = catalog.playbooks().values().stream()
                .map(p -> List.of(
                        p.name().value(),
                        p.title(),
                        p.variables().stream().map(VariableSpec::name).collect(Collectors.joining(", "))))
                .toList();
        var blocks = new ArrayList<Block>();
        blocks.add(new Block.Table(List.of("Playbook", "Title", "Variables"), rows));
        catalog.problems().forEach(p -> blocks.add(new Block.Line("✗ " + p)));
        return Answer.of(new Message(blocks));
    }

    /** The text of a playbook, as far as a message holds it, under what its description says. */
    Answer playbook(List<String> arguments) {
        var name = arguments.isEmpty() ? "" : arguments.getFirst();
        var catalog = catalogs.current();
        var found = Optional.of(name).filter(PlaybookName::isValid).flatMap(n -> catalog.playbook(new PlaybookName(n)));
        if (found.isEmpty()) {
            var known = catalog.playbooks().keySet().stream()
                    .map(PlaybookName::value)
                    .toList();
            return Answer.refusal("there is no playbook \"" + UntrustedText.line(name, 60) + "\""
                    + Suggestion.of(name, known)
                            .map(n -> "; did you mean " + n + "?")
                            .orElse("; try playbooks"));
        }
        var playbook = found.get();
        var blocks = new ArrayList<Block>();
        blocks.add(new Block.Title(Tone.PLAIN, name + ": " + UntrustedText.line(playbook.title(), 200)));
        if (!playbook.description().isBlank()) {
            blocks.add(new Block.Line(UntrustedText.line(playbook.description(), 400)));
        }
        var variables = playbook.variables().stream()
                .map(v -> v.name() + (v.required() ? " (required)" : ""))
                .collect(Collectors.joining(", "));
        blocks.add(new Block.Line("danger " + playbook.danger().name().toLowerCase(java.util.Locale.ROOT)
                + (variables.isEmpty() ? "" : "; variables " + UntrustedText.line(variables, 300))
                + (playbook.nodeSelector().isEmpty()
                        ? ""
                        : "; on nodes with " + String.join(", ", playbook.nodeSelector()))));
        blocks.add(new Block.Code(text(playbook.file())));
        return Answer.of(new Message(blocks));
    }

    private static String text(Path file) {
        try {
            var lines = Files.readAllLines(file);
            var shown = String.join("\n", lines.subList(0, Math.min(SHOWN_LINES, lines.size())));
            var more = lines.size() - SHOWN_LINES;
            return more > 0 ? shown + "\n… " + more + " more lines" : shown;
        } catch (IOException | java.io.UncheckedIOException e) {
            return "cannot be read: " + e.getMessage();
        }
    }

    private static Message explained(CommandEntry entry) {
        var blocks = new ArrayList<Block>();
        blocks.add(new Block.Title(Tone.PLAIN, entry.synopsis()));
        blocks.add(new Block.Line(entry.help()));
        if (!entry.options().isEmpty()) {
            blocks.add(new Block.Table(
                    List.of("Option", "Description"),
                    entry.options().stream()
                            .map(o -> List.of(o.usage(), o.help()))
                            .toList()));
        }
        blocks.add(new Block.Next(entry.examples()));
        return new Message(blocks);
    }

    Answer help(List<String> arguments) {
        var catalog = catalogs.current();
        if (arguments.isEmpty()) {
            var rows = CommandCatalogue.of(catalog).stream()
                    .map(e -> List.of(e.name(), e.summary()))
                    .toList();
            var blocks = new ArrayList<Block>();
            blocks.add(new Block.Table(List.of("Command", "Description"), rows));
            blocks.add(new Block.Line("help <command> explains one command with its options."));
            catalog.problems().stream()
                    .limit(SHOWN_PROBLEMS)
                    .forEach(p -> blocks.add(new Block.Line("✗ not offered: " + UntrustedText.line(p, 300))));
            return Answer.of(new Message(blocks));
        }
        return CommandCatalogue.find(catalog, arguments.getFirst())
                .map(e -> Answer.of(explained(e)))
                .orElseGet(() ->
                        Answer.refusal("there is no command \"" + UntrustedText.line(arguments.getFirst(), 60) + "\""
                                + CommandCatalogue.problem(catalog, arguments.getFirst())
                                        .map(p -> " because of a mistake: " + UntrustedText.line(p, 300))
                                        .orElse("; try help")));
    }
}
