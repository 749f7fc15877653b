package dev.playcall.chat.query;

import dev.playcall.catalog.Catalog;
import dev.playcall.chat.card.RunCards;
import dev.playcall.chat.message.Answer;
import dev.playcall.chat.message.UntrustedText;
import dev.playcall.config.Quantities;
import dev.playcall.domain.Run;
import dev.playcall.domain.name.EnvironmentName;
import dev.playcall.journal.Comparison;
import dev.playcall.journal.RunJournal;
import dev.playcall.journal.Stats;
import dev.playcall.security.access.VisibleEnvironments;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Answers {@code compare} and {@code stats}. */
final class HistoryQueries {
    private static final Duration WEEK = Duration.ofDays(7);

    private final RunJournal journal;
    private final RunCards cards;

    HistoryQueries(RunJournal journal, RunCards cards) {
        this.journal = journal;
        this.cards = cards;
    }

    Answer compare(Run first, Run second) {
        var compared = Comparison.of(first, second, journal.read(), journal.traces());
        return Answer.of(new ComparisonBlocks(compared, cards.clock().instant()).message());
    }

    /** {@code stats 30d production}: both words may be left out, in any order. */
    Answer stats(List<String> words, VisibleEnvironments visible, Catalog catalog) {
        var period = WEEK;
        Optional<String> environment = Optional.empty();
        for (var word : words) {
            var span = word.equals("today") ? Optional.of(Duration.ofHours(1)) : Quantities.positiveDuration(word);
            if (span.isPresent()) {
                period = span.get();
            } else if (EnvironmentName.isValid(word)
                    && catalog.environment(new EnvironmentName(word))
                            .filter(e -> visible.sees(e.name()))
                            .isPresent()) {
                environment = Optional.of(word);
            } else {
                return Answer.refusal("\"" + UntrustedText.line(word, 60)
                        + "\" is not a period (today, 7d, 90d) or an environment; for example: stats 30d production");
            }
        }
        var seen = visible.narrowed(catalog.environments().keySet());
        var of =
                StatisticsBlocks.days(period) + environment.map(e -> " in " + e).orElse("");
        var stats = journal.read()
                .history()
                .stats(question(period, environment.<Set<String>>map(Set::of).or(() -> seen)));
        return Answer.of(new StatisticsBlocks(stats, of, cards::name).message());
    }

    private Stats.Question question(Duration period, Optional<Set<String>> environments) {
        return Stats.Question.last(period, LocalDate.ofInstant(cards.clock().instant(), ZoneOffset.UTC), environments);
    }
}
