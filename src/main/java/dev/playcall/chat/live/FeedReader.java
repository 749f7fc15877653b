package dev.playcall.chat.live;

import dev.playcall.chat.message.Channel;
import dev.playcall.chat.message.ChatStore;
import dev.playcall.chat.message.RunSubscription;
import dev.playcall.domain.Batch;
import dev.playcall.domain.Run;
import dev.playcall.domain.RunEvent;
import dev.playcall.journal.EventStore;
import dev.playcall.journal.JournalEntry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Decides which channels are told of a new run. Reads the journal by a durable cursor, so that none is missed. */
final class FeedReader {
    private static final int AT_ONCE = 200;

    private final ChatStore store;
    private final EventStore journal;
    private final Set<String> platforms;
    private final List<Channel> defaults;

    /** @param defaults channels that hear of runs nobody asked for in a chat */
    FeedReader(ChatStore store, EventStore journal, Set<String> platforms, List<Channel> defaults) {
        this.store = store;
        this.journal = journal;
        this.platforms = Set.copyOf(platforms);
        this.defaults = List.copyOf(defaults);
    }

    /** Reads on and returns the feeds that were added. */
    List<RunSubscription> read() {
        var all = new ArrayList<RunSubscription>();
        while (true) {
            var entries = journal.entriesAfter(store.cursor(), AT_ONCE);
            if (entries.isEmpty()) {
                return all;
            }
            var feeds = entries.stream()
                    .filter(e -> e.event() instanceof RunEvent.Requested)
                    .map(JournalEntry::run)
                    .flatMap(r -> feeds(r).stream())
                    .toList();
            store.open(feeds, entries.getLast().sequence());
            all.addAll(feeds);
        }
    }

    private List<RunSubscription> feeds(Run run) {
        Map<Channel, Boolean> wanted = new HashMap<>();
        store.subscribers(run).forEach((channel, failures) -> add(wanted, channel, failures));
        var origin = Channel.of(run.origin().channel()).filter(c -> platforms.contains(c.platform()));
        var asked = origin.map(List::of).orElse(defaults);
        if (run.batch().isPresent()) {
            return batch(run, run.batch().get(), asked, wanted);
        }
        asked.forEach(c -> add(wanted, c, false));
        return feeds(run, wanted).toList();
    }

    private static Stream<RunSubscription> feeds(Run run, Map<Channel, Boolean> wanted) {
        return wanted.entrySet().stream().map(e -> new RunSubscription(run.id(), e.getKey(), e.getValue()));
    }

    /** Where a batch was asked for it has one card, and its runs have none. */
    private List<RunSubscription> batch(Run run, Batch.Place place, List<Channel> asked, Map<Channel, Boolean> wanted) {
        asked.forEach(wanted::remove);
        var whole = asked.stream()
                .filter(c -> place.isFirst() && platforms.contains(c.platform()))
                .map(c -> new RunSubscription(run.id(), c, false, true));
        return Stream.concat(feeds(run, wanted), whole).toList();
    }

    private void add(Map<Channel, Boolean> wanted, Channel channel, boolean failuresOnly) {
        if (platforms.contains(channel.platform())) {
            wanted.merge(channel, failuresOnly, (a, b) -> a && b);
        }
    }
}
