package dev.playcall.chat.query;

import dev.playcall.catalog.Catalog;
import dev.playcall.catalog.inventory.Environment;
import dev.playcall.catalog.inventory.EnvironmentFiles;
import dev.playcall.chat.message.Answer;
import dev.playcall.chat.message.Message;
import dev.playcall.chat.message.Message.Block;
import dev.playcall.chat.message.Message.Tone;
import dev.playcall.chat.message.UntrustedText;
import dev.playcall.domain.name.EnvironmentName;
import dev.playcall.domain.name.Suggestion;
import dev.playcall.security.access.VisibleEnvironments;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Answers what is asked about environments as a whole. */
final class EnvironmentQueries {
    private static final int SHOWN_LINES = 60;

    private EnvironmentQueries() {}

    static Answer list(Catalog catalog, VisibleEnvironments visible) {
        var rows = catalog.environments().values().stream()
                .filter(e -> visible.sees(e.name()))
                .map(e -> List.of(
                        e.name().value(),
                        Integer.toString(e.hosts().size()),
                        String.join(", ", e.groups().keySet()),
                        Integer.toString(e.rules().policies().size())))
                .toList();
        var blocks = new ArrayList<Block>();
        blocks.add(
                rows.isEmpty()
                        ? new Block.Title(Tone.PLAIN, "No environments. Create one: env create staging web-1=10.0.0.1")
                        : new Block.Table(List.of("Environment", "Hosts", "Groups", "Policies"), rows));
        catalog.broken().values().stream()
                .filter(b -> visible.sees(b.name()))
                .map(b -> new Block.Line(b.line() + "; env policy " + b.name() + " shows it"))
                .forEach(blocks::add);
        var names = catalog.archived().stream()
                .filter(visible::sees)
                .map(EnvironmentName::value)
                .toList();
        if (!names.isEmpty()) {
            blocks.add(new Block.Line("archived: " + String.join(", ", names)));
            blocks.add(new Block.Next(List.of("env restore " + names.getFirst())));
        }
        return Answer.of(new Message(blocks));
    }

    /** The same with its mistakes. */
    static Answer policy(Environment.Broken broken) {
        var blocks = new ArrayList<>(policy(broken.folder()).message().blocks());
        broken.problems().stream().map(Block.Line::new).forEach(blocks::add);
        return Answer.of(new Message(blocks));
    }

    /** The text of its {@code config.yml}, as far as a message holds it. */
    static Answer policy(Environment.Folder environment) {
        try {
            var text = EnvironmentFiles.policy(environment);
            if (text.isBlank()) {
                return Answer.of(Message.line(
                        Tone.PLAIN,
                        environment.name() + " has no policy of its own (inventory/" + environment.name()
                                + "/config.yml); the one of config/playcall.yml applies"));
            }
            return Answer.of(new Message(beginning("Policy of " + environment.name(), text)));
        } catch (IOException e) {
            return Answer.refusal("the policy of " + environment.name() + " cannot be read: " + e.getMessage());
        }
    }

    private static List<Block> beginning(String title, String text) {
        var blocks = new ArrayList<Block>();
        blocks.add(new Block.Title(Tone.PLAIN, title));
        var lines = text.lines().toList();
        blocks.add(new Block.Code(
                String.join("\n", lines.stream().limit(SHOWN_LINES).toList())));
        if (lines.size() > SHOWN_LINES) {
            blocks.add(new Block.Line("and " + (lines.size() - SHOWN_LINES) + " more lines"));
        }
        return blocks;
    }

    /** What is said where no environment is called like this. */
    static Answer none(Catalog catalog, VisibleEnvironments visible, String text) {
        var known = catalog.environments().keySet().stream()
                .filter(visible::sees)
                .map(EnvironmentName::value)
                .toList();
        var near = Suggestion.of(text, known)
                .map(n -> "; did you mean " + n + "?")
                .orElse("; there are " + String.join(", ", known));
        return Answer.refusal("there is no environment \"" + UntrustedText.line(text, 60) + "\"" + near);
    }
}
