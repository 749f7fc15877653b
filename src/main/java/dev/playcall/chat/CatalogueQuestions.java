package dev.playcall.chat;

import dev.playcall.catalog.Catalogs;
import dev.playcall.catalog.Environment;
import dev.playcall.catalog.VariableSpec;
import dev.playcall.chat.Message.Block;
import dev.playcall.chat.Message.Tone;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Answers what is asked about the catalogue: hosts, playbooks, commands. */
final class CatalogueQuestions {
    private final Catalogs catalogs;

    CatalogueQuestions(Catalogs catalogs) {
        this.catalogs = catalogs;
    }

    static Answer hosts(Environment environment) {
        var rows = environment.hosts().stream()
                .map(h -> List.of(
                        h,
                        environment.groups().entrySet().stream()
                                .filter(g -> g.getValue().contains(h))
                                .map(java.util.Map.Entry::getKey)
                                .collect(Collectors.joining(", "))))
                .toList();
        return Answer.told(Message.of(
                new Block.Title(Tone.PLAIN, environment.name() + ": " + rows.size() + " hosts"),
                new Block.Table(List.of("Host", "Groups"), rows)));
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
        return Answer.told(new Message(blocks));
    }

    Answer help(List<String> arguments) {
        var catalog = catalogs.current();
        if (arguments.isEmpty()) {
            var rows = CommandCatalogue.of(catalog).stream()
                    .map(e -> List.of(e.name(), e.help()))
                    .toList();
            return Answer.told(Message.of(
                    new Block.Table(List.of("Command", "What it does"), rows),
                    new Block.Line("help <command> tells more. Nothing is done by a wrong command.")));
        }
        return CommandCatalogue.find(catalog, arguments.getFirst())
                .map(e -> Answer.told(Message.of(
                        new Block.Title(Tone.PLAIN, e.synopsis()),
                        new Block.Line(e.help()),
                        new Block.Next(e.examples()))))
                .orElseGet(() -> Answer.refusal(
                        "there is no command \"" + ForeignText.line(arguments.getFirst(), 60) + "\"; try help"));
    }
}
