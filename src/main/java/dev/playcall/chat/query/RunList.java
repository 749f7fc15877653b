package dev.playcall.chat.query;

import dev.playcall.catalog.Catalog;
import dev.playcall.chat.card.RunCards;
import dev.playcall.chat.command.CommandCatalogue;
import dev.playcall.chat.message.Answer;
import dev.playcall.chat.message.Message;
import dev.playcall.chat.message.Message.Block;
import dev.playcall.chat.message.Message.Tone;
import dev.playcall.chat.message.UntrustedText;
import dev.playcall.command.Caller;
import dev.playcall.domain.HostResult;
import dev.playcall.domain.Run;
import dev.playcall.journal.EventStore;
import dev.playcall.journal.EventStore.RunPage;
import dev.playcall.security.access.VisibleEnvironments;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Answers {@code runs}: the history, through filters, page by page. */
final class RunList {
    private static final int RUNS = 20;
    /** How many of the found runs say at once why they failed. */
    private static final int EXPLAINED = 5;

    private final EventStore store;
    private final RunCards cards;

    RunList(EventStore store, RunCards cards) {
        this.store = store;
        this.cards = cards;
    }

    Answer answer(List<String> words, Caller caller, VisibleEnvironments visible, Catalog catalog) {
        var filter = new RunFilter(catalog, caller, cards.clock().instant());
        var wrong = filter.read(words);
        if (wrong.isPresent()) {
            return Answer.refusal(wrong.get());
        }
        var query = filter.query(RUNS)
                .within(visible.narrowed(catalog.environments().keySet()));
        var page = store.list(query);
        if (page.runs().isEmpty() && page.next().isEmpty()) {
            return Answer.of(Message.line(
                    Tone.PLAIN,
                    words.isEmpty()
                            ? "No runs yet."
                                    + CommandCatalogue.example(catalog)
                                            .map(e -> " Try: " + e)
                                            .orElse("")
                            : "No runs fit " + shown(words)));
        }
        var blocks = new ArrayList<Block>();
        blocks.add(RunCards.runs(page.runs().stream().map(cards::row).toList()));
        if (query.text().isPresent()) {
            page.runs().stream().limit(EXPLAINED).flatMap(r -> why(r).stream()).forEach(blocks::add);
        }
        older(words, page).ifPresent(blocks::add);
        return Answer.of(new Message(blocks));
    }

    private static String shown(List<String> words) {
        return UntrustedText.line(String.join(" ", words), 80);
    }

    private Optional<Block> why(Run run) {
        return store.badHosts(run.id()).stream()
                .findFirst()
                .map(h -> run.id() + " " + h.host() + ": " + phrase(h))
                .or(() -> Optional.of(run.reason()).filter(r -> !r.isEmpty()).map(r -> run.id() + " " + r))
                .map(text -> new Block.Line(UntrustedText.line(cards.named(text), 200)));
    }

    private static String phrase(HostResult host) {
        return host.failedTask().map(t -> t + ": ").orElse("")
                + host.message().orElse(host.outcome().word());
    }

    private static Optional<Block> older(List<String> words, RunPage page) {
        return page.next().map(n -> {
            var again = new ArrayList<String>();
            again.add("runs");
            words.stream()
                    .filter(w -> !w.startsWith("before="))
                    .map(w -> w.contains(" ") ? '"' + w + '"' : w)
                    .forEach(again::add);
            again.add("before=" + n);
            return new Block.Next(List.of(String.join(" ", again)));
        });
    }
}
