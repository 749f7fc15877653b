package dev.playcall.chat.card;

import dev.playcall.catalog.inventory.Environment;
import dev.playcall.chat.message.Answer;
import dev.playcall.chat.message.Choice;
import dev.playcall.chat.message.Message;
import dev.playcall.chat.message.Message.Block;
import dev.playcall.chat.message.Message.Tone;
import dev.playcall.chat.message.UntrustedText;
import dev.playcall.domain.HostResult;
import dev.playcall.domain.HostResult.Versions;
import dev.playcall.domain.format.TextFormat;
import dev.playcall.journal.EventStore;
import dev.playcall.journal.EventStore.DeployedVersion;
import dev.playcall.journal.HostStatus;
import dev.playcall.journal.VersionStep;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Which versions ran where, and to which one can go back. */
public record VersionQueries(EventStore store, Instant now) {
    private static final int SHOWN = 15;
    private static final int NAMED = 4;

    /** {@code versions production}. */
    public Answer of(Environment environment) {
        var name = environment.name();
        var ran = store.deployed(name);
        if (ran.isEmpty()) {
            return Answer.of(
                    Message.line(Tone.PLAIN, "No deployed version known in " + name + "; run a deploy first."));
        }
        var live = live(environment);
        var rows = ran.stream()
                .limit(SHOWN)
                .map(d -> row(d, live.getOrDefault(d.version(), List.of())))
                .toList();
        var blocks = new ArrayList<Block>();
        blocks.add(new Block.Title(Tone.PLAIN, title(name.value(), store.countDeployed(name), live)));
        blocks.add(new Block.Table(List.of("Version", "Live on", "Last deployed", "Run"), rows));
        back(ran, live)
                .ifPresent(d -> blocks.add(new Block.Next(List.of("rollback " + name + " version=" + d.version()))));
        return Answer.of(new Message(blocks));
    }

    private static String title(String environment, int ran, Map<String, List<String>> live) {
        var now = live.isEmpty() ? "none is live" : String.join(", ", live.keySet()) + " live";
        return environment + ": " + ran + (ran == 1 ? " version" : " versions") + " ran, "
                + UntrustedText.line(now, 200);
    }

    private List<String> row(DeployedVersion d, List<String> hosts) {
        var named = hosts.size() > NAMED ? hosts.size() + " hosts" : String.join(", ", hosts);
        return List.of(
                UntrustedText.line(d.version(), 60),
                hosts.isEmpty() ? "–" : named,
                TextFormat.ago(d.at(), now),
                d.run().toString());
    }

    /** What is live on the hosts of an environment. */
    public List<String> liveVersions(Environment environment) {
        return List.copyOf(live(environment).keySet());
    }

    /** Hosts by the version that is live on them. */
    private Map<String, List<String>> live(Environment environment) {
        var hosts = Set.copyOf(environment.hosts());
        var found = new LinkedHashMap<String, List<String>>();
        for (var status : store.statuses(environment.name())) {
            status.deploy()
                    .map(HostStatus.Column::version)
                    .filter(v -> !v.isEmpty() && hosts.contains(status.host()))
                    .ifPresent(v ->
                            found.computeIfAbsent(v, _ -> new ArrayList<>()).add(status.host()));
        }
        return found;
    }

    /** The newest that is on no host any more. */
    private static Optional<DeployedVersion> back(List<DeployedVersion> ran, Map<String, List<String>> live) {
        return ran.stream().filter(d -> !live.containsKey(d.version())).findFirst();
    }

    /** What one may go back to: all that ran, those first that are on no host now. */
    public List<Choice> choices(Environment environment) {
        var live = live(environment);
        return store.deployed(environment.name()).stream()
                .sorted(Comparator.comparing(d -> live.containsKey(d.version())))
                .map(d -> choice(d, live.getOrDefault(d.version(), List.of())))
                .toList();
    }

    private Choice choice(DeployedVersion d, List<String> hosts) {
        var now = hosts.isEmpty() ? "" : ", live on " + hosts.size();
        return new Choice(d.version() + " – " + d.run() + " " + TextFormat.ago(d.at(), this.now) + now, d.version());
    }

    /** What a run changed: {@code v1.2.2 → v1.2.3 on 3 hosts}. */
    static Optional<Block> changes(List<HostResult> hosts) {
        Map<Versions, List<String>> same = hosts.stream()
                .filter(h -> h.versions().after().isPresent())
                .collect(Collectors.groupingBy(
                        HostResult::versions,
                        LinkedHashMap::new,
                        Collectors.mapping(HostResult::host, Collectors.toList())));
        var text = same.entrySet().stream()
                .limit(NAMED)
                .map(e -> change(e.getKey()) + " on "
                        + (e.getValue().size() == 1
                                ? UntrustedText.line(e.getValue().getFirst(), 60)
                                : e.getValue().size() + " hosts"))
                .collect(Collectors.joining("; "));
        return Optional.of(text).filter(t -> !t.isEmpty()).map(Block.Line::new);
    }

    private static boolean isDowngrade(Versions v) {
        return VersionStep.of(v.after().orElseThrow(), v.before().stream().toList())
                .filter(VersionStep::isDowngrade)
                .isPresent();
    }

    private static String change(Versions v) {
        var after = UntrustedText.line(v.after().orElseThrow(), 40);
        return v.before()
                .map(b -> v.after().equals(v.before())
                        ? after + " again"
                        : UntrustedText.line(b, 40) + " → " + after + (isDowngrade(v) ? " (downgrade)" : ""))
                .orElse(after + ", previous version unknown,");
    }
}
