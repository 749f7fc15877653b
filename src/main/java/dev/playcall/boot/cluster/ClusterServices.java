package dev.playcall.boot.cluster;

import dev.playcall.background.BackgroundLoop;
import dev.playcall.boot.settings.Settings;
import dev.playcall.catalog.ProjectHash;
import dev.playcall.journal.JournalRelay;
import dev.playcall.journal.RunJournal;
import dev.playcall.journal.node.Leases;
import dev.playcall.journal.node.Node;
import dev.playcall.journal.node.NodeStore;
import dev.playcall.runner.OutputMirror;
import dev.playcall.security.audit.AuditLog;
import dev.playcall.security.secret.SecretService;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** How this gateway and others on its database keep out of each other's way, and hear of each other. */
public final class ClusterServices implements AutoCloseable {
    /** Whose work would be done twice by two gateways. */
    private static final Set<String> SHARED =
            Set.of("notifications", "chat-messages", "approvals", "automatic-retries", "silent agents");

    private final boolean enabled;
    private final SecretService secrets;
    private final AuditLog audit;
    private final NodeStore nodes;
    private final NodeStore.Identity self;
    private final ContentNotice content;
    private final Leases leases;
    private final ChangeFeed changes;
    private final JournalRelay relay;

    /**
     * @param loops everything that works in the background
     * @param outputs of runs of other gateways
     * @param files playbooks and inventories here
     */
    public ClusterServices(
            Settings settings,
            RunJournal journal,
            SecretService secrets,
            AuditLog audit,
            List<BackgroundLoop> loops,
            OutputMirror outputs,
            ProjectHash files,
            Clock clock) {
        var config = settings.config();
        this.enabled = config.store().cluster().enabled();
        this.secrets = secrets;
        this.audit = audit;
        this.nodes = journal.read().nodes();
        this.self = NodeIdentity.of(config);
        this.content = new ContentNotice(nodes, self.name(), files, clock);
        this.leases = new Leases(nodes, self.name(), Leases.LENGTH, clock, System::nanoTime);
        loops.stream().filter(l -> SHARED.contains(l.health().name())).forEach(leases::guard);
        this.changes = new ChangeFeed(nodes, clock);
        changes.on("secrets", secrets::reopen);
        changes.on("settings", settings::changedElsewhere);
        changes.on("receivers", settings::overlaid);
        this.relay = new JournalRelay(journal, self.name(), outputs::catchUp, clock);
    }

    /** What it does in the background, where there may be others. */
    public List<BackgroundLoop> loops() {
        return enabled ? List.of(leases.loop(), changes.loop(), relay.loop(), content.loop()) : List.of(leases.loop());
    }

    public boolean isEnabled() {
        return enabled;
    }

    /** To be said before the start. */
    public void onContentElsewhere(Runnable look) {
        changes.on("content", look);
    }

    /** What others have changed until now is known here when it returns, and which files are here is known to them. */
    public void catchUp() {
        if (enabled) {
            changes.catchUp();
            content.publish();
        }
    }

    /** Which files are here is known to others when it returns. */
    public void publishContent() {
        if (enabled) {
            content.publish();
        }
    }

    /**
     * First of all.
     *
     * @throws IllegalStateException when another gateway that works has the same name
     */
    public void start() {
        if (enabled) {
            var others = nodes.all().stream().filter(Node::isUp).toList();
            others.forEach(this::refuse);
            compareKeys(others.stream().anyMatch(n -> !n.name().equals(self.name())));
            changes.start();
            relay.start();
            content.start();
        }
        leases.start(enabled);
    }

    private void compareKeys(boolean hasOthers) {
        var made = hasOthers ? nodes.proof() : Optional.<String>empty();
        var proof = audit.proof()
                .flatMap(own -> secrets.share(made, own))
                .orElseThrow(() -> new IllegalStateException(
                        "this gateway has other keys than those on its database; copy data/keys from one of them"));
        // Only now: a head written with keys that are refused would stop the start with the right ones, too.
        audit.join();
        if (made.isEmpty()) {
            nodes.keepProof(proof);
        }
    }

    private void refuse(Node other) {
        boolean same = other.installation().equals(self.installation());
        if (other.name().equals(self.name()) && !same) {
            throw new IllegalStateException("another gateway on this database is called " + self.name()
                    + " and works; set another cluster.node here");
        }
        if (!other.name().equals(self.name()) && same) {
            throw new IllegalStateException("the gateway " + other.name()
                    + " has the same data/node; remove that file here, and copy only data/keys");
        }
    }

    @Override
    public void close() {
        content.close();
        relay.close();
        changes.close();
        leases.close();
    }
}
