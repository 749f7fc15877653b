package dev.playcall.chat.live;

import dev.playcall.background.SkippedItems;
import dev.playcall.chat.message.Channel;
import dev.playcall.chat.message.ChatStore;
import dev.playcall.chat.message.ChatStore.RunSubscription;
import dev.playcall.domain.Batch;
import dev.playcall.domain.Run;
import dev.playcall.domain.RunEvent;
import dev.playcall.journal.EventStore;
import dev.playcall.journal.JournalEntry;
import dev.playcall.journal.JournalReader;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Decides which channels are told of a new run. Reads the journal by a durable cursor, so that none is missed. */
final class FeedReader implements JournalReader.Target {
    private final ChatStore store;
    private final Set<String> platforms;
    private final List<Channel> defaults;
    private final Consumer<RunSubscription> added;
    private final JournalReader reader;

    /**
     * @param defaults channels that hear of runs nobody asked for in a chat
     * @param added takes the feeds that were added
     * @param skipped entries that cannot be handled
     */
    FeedReader(
            ChatStore store,
            EventStore journal,
            Set<String> platforms,
            List<Channel> defaults,
            Consumer<RunSubscription> added,
            SkippedItems skipped) {
        this.store = store;
        this.added = added;
        this.reader = new JournalReader(journal, this, skipped);
        this.platforms = Set.copyOf(platforms);
        this.defaults = List.copyOf(defaults);
    }

    /** Reads on to the end of the journal. */
    void read() {
        reader.read();
    }

    @Override
    public long cursor() {
        return store.cursor();
    }

    @Override
    public void take(List<JournalEntry> entries) {
        var feeds = entries.stream()
                .filter(e -> e.event() instanceof RunEvent.Requested)
                .map(JournalEntry::run)
                .flatMap(r -> feeds(r).stream())
                .toList();
        store.open(feeds, entries.getLast().sequence());
        feeds.forEach(added);
    }

    @Override
    public void skip(JournalEntry entry, String why) {
        store.open(List.of(), entry.sequence());
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
