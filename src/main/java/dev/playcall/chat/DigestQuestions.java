package dev.playcall.chat;

import dev.playcall.catalog.Catalog;
import dev.playcall.chat.Message.Block;
import dev.playcall.chat.Message.Tone;
import dev.playcall.config.Quantities;
import dev.playcall.domain.EnvironmentName;
import dev.playcall.journal.EventStore;
import dev.playcall.schedule.Plan;
import dev.playcall.schedule.ScheduleStore;
import dev.playcall.schedule.Timing;
import dev.playcall.security.Sight;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Answers {@code report now production 7d}: the report that would come by itself, about the time until now. */
final class DigestQuestions {
    private static final Duration LONGEST = Duration.ofDays(92);

    private final Digests digests;
    private final Clock clock;
    private final Supplier<ZoneId> zone;

    DigestQuestions(EventStore store, ScheduleStore schedules, Clock clock) {
        this.digests = new Digests(store, schedules);
        this.clock = clock;
        // What runs by itself was written down for the zone of those who ask here.
        this.zone = () -> schedules.all().stream()
                .flatMap(s -> s.timing() instanceof Timing.Repeated(var _, var z) ? Stream.of(z) : Stream.of())
                .findFirst()
                .orElse(ZoneOffset.UTC);
    }

    Answer now(List<String> words, Sight sight, Catalog catalog) {
        var period = Duration.ofDays(1);
        var environment = Plan.ALL;
        for (var word : words) {
            var span = Quantities.positiveDuration(word);
            if (span.isPresent()) {
                period = span.get();
            } else if (word.equals(Plan.ALL)
                    || (EnvironmentName.isValid(word)
                            && catalog.environment(new EnvironmentName(word))
                                    .filter(e -> sight.sees(e.name()))
                                    .isPresent())) {
                environment = word;
            } else {
                return Answer.refusal("\"" + ForeignText.line(word, 60)
                        + "\" is neither an environment nor a period; as in report now production 7d");
            }
        }
        if (period.compareTo(LONGEST) > 0) {
            return Answer.refusal("a report looks back at most 92 days; longer ago: stats 365d");
        }
        var seen = environment.equals(Plan.ALL)
                ? sight.narrowed(catalog.environments().keySet())
                : Digests.only(environment);
        var now = clock.instant();
        var of = Digests.called(environment) + ", the last " + said(period);
        var lines = digests.lines(of, now.minus(period), now, seen, zone.get());
        var blocks = new ArrayList<Block>();
        blocks.add(new Block.Title(Tone.PLAIN, lines.getFirst()));
        lines.stream().skip(1).map(Block.Line::new).forEach(blocks::add);
        return Answer.told(new Message(blocks));
    }

    private static String said(Duration period) {
        return period.toDays() > 1 && period.equals(Duration.ofDays(period.toDays()))
                ? period.toDays() + " days"
                : period.toHours() > 0 && period.equals(Duration.ofHours(period.toHours()))
                        ? period.toHours() + " hours"
                        : Ages.span(period);
    }
}
