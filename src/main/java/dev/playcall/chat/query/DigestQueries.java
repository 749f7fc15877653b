package dev.playcall.chat.query;

import dev.playcall.catalog.Catalog;
import dev.playcall.chat.message.Answer;
import dev.playcall.chat.message.Message;
import dev.playcall.chat.message.Message.Block;
import dev.playcall.chat.message.Message.Tone;
import dev.playcall.chat.message.ProposedRetry;
import dev.playcall.chat.message.UntrustedText;
import dev.playcall.config.Quantities;
import dev.playcall.domain.format.TextFormat;
import dev.playcall.domain.name.EnvironmentName;
import dev.playcall.journal.EventStore;
import dev.playcall.schedule.SchedulePlan;
import dev.playcall.schedule.ScheduleStore;
import dev.playcall.schedule.ScheduleTiming;
import dev.playcall.security.access.VisibleEnvironments;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Answers {@code report now production 7d}: the report that would come by itself, about the time until now. */
final class DigestQueries {
    private static final Duration LONGEST = Duration.ofDays(92);

    private final Digests digests;
    private final Clock clock;
    private final Supplier<ZoneId> zone;

    DigestQueries(EventStore store, ScheduleStore schedules, Clock clock) {
        this.digests = new Digests(store, schedules);
        this.clock = clock;
        // What runs by itself was written down for the zone of those who ask here.
        this.zone = () -> schedules.all().stream()
                .flatMap(s -> s.timing() instanceof ScheduleTiming.Repeated(var _, var z) ? Stream.of(z) : Stream.of())
                .findFirst()
                .orElse(ZoneOffset.UTC);
    }

    Answer now(List<String> words, VisibleEnvironments visible, Catalog catalog) {
        var period = Duration.ofDays(1);
        var environment = SchedulePlan.ALL;
        for (var word : words) {
            var span = Quantities.positiveDuration(word);
            if (span.isPresent()) {
                period = span.get();
            } else if (word.equals(SchedulePlan.ALL)
                    || (EnvironmentName.isValid(word)
                            && catalog.environment(new EnvironmentName(word))
                                    .filter(e -> visible.sees(e.name()))
                                    .isPresent())) {
                environment = word;
            } else {
                return Answer.refusal("\"" + UntrustedText.line(word, 60)
                        + "\" is not an environment or a period; for example: report now production 7d");
            }
        }
        if (period.compareTo(LONGEST) > 0) {
            return Answer.refusal("a report covers at most 92 days; for more use stats 365d");
        }
        var seen = environment.equals(SchedulePlan.ALL)
                ? visible.narrowed(catalog.environments().keySet())
                : Digests.only(environment);
        var now = clock.instant();
        var of = Digests.called(environment) + ", the last " + phrase(period);
        var report = digests.report(of, now.minus(period), now, seen, zone.get());
        var blocks = new ArrayList<Block>();
        blocks.add(new Block.Title(Tone.PLAIN, report.lines().getFirst()));
        report.lines().stream().skip(1).map(Block.Line::new).forEach(blocks::add);
        if (!report.retries().isEmpty()) {
            blocks.add(new Block.Buttons(
                    report.retries().stream().map(ProposedRetry::button).toList()));
        }
        return Answer.of(new Message(blocks));
    }

    private static String phrase(Duration period) {
        return period.toDays() > 1 && period.equals(Duration.ofDays(period.toDays()))
                ? period.toDays() + " days"
                : period.toHours() > 0 && period.equals(Duration.ofHours(period.toHours()))
                        ? period.toHours() + " hours"
                        : TextFormat.duration(period);
    }
}
