package dev.playcall.config;

import dev.playcall.config.AnsibleTuning.AnsibleOverrides;
import dev.playcall.config.yaml.Yaml;
import dev.playcall.domain.rollout.Rollout;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;

/**
 * {@code config/playcall.yml}, read whole and checked. Paths are absolute; a relative one in the file counts from the
 * folder that holds {@code config/}.
 *
 * @param knownSecrets every value that must never be shown, for the redactor
 */
public record Config(
        Path home,
        Server server,
        Store store,
        Paths paths,
        SortedMap<String, EnvironmentEntry> environments,
        Ansible ansible,
        SortedMap<String, OperationEntry> operations,
        Chat chat,
        Access access,
        Policies policies,
        NotifyConfig notifications,
        Schedule schedule,
        Retention retention,
        Limits limits,
        Git git,
        Galaxy galaxy,
        Adhoc adhoc,
        Venv venv,
        Agents agents,
        List<Secret> knownSecrets) {

    /**
     * Where the page and the API listen; port 0 takes a free one.
     *
     * @param publicUrl empty when unknown
     * @param trustedProxies who is believed when they say for whom they ask
     */
    public record Server(
            String host,
            int port,
            String publicUrl,
            List<IpNetwork> trustedProxies,
            WebSession session,
            PublicStatus publicStatus) {
        public Server {
            trustedProxies = List.copyOf(trustedProxies);
        }
    }

    /**
     * What everybody may see without an account.
     *
     * @param environments none for a page that is not there
     * @param hosts whether hosts are shown by name, and not only counted
     */
    public record PublicStatus(List<String> environments, boolean hosts) {
        public static final PublicStatus OFF = new PublicStatus(List.of(), false);

        public PublicStatus {
            environments = List.copyOf(environments);
        }

        public boolean isOn() {
            return !environments.isEmpty();
        }
    }

    /** How long somebody stays logged in: without a request, and in any case. */
    public record WebSession(Duration idle, Duration longest) {}

    /**
     * Where runs are kept.
     *
     * @param url of JDBC; may have a password in it
     */
    public record Store(String url, Cluster cluster) {
        @Override
        public String toString() {
            return "Store[url=" + url.replaceFirst("\\?.*", "") + "]";
        }
    }

    /**
     * The gateways on one database.
     *
     * @param node what this one is called among them; empty for the host name
     * @param enabled whether another machine may take over while this one still works
     * @param lostAfter without a word of a node, its runs are interrupted
     * @param labels what runs may require of their node, each {@code name=value} or a name
     */
    public record Cluster(String node, boolean enabled, Duration lostAfter, SortedSet<String> labels) {}

    /**
     * Where files are.
     *
     * @param venvSpecs where the specifications of Python environments are written
     * @param logsGroup the group that may read the logs; otherwise nobody but the user of the gateway may
     * @param project the repository: {@code ansible.cfg}, {@code roles/} and {@code collections/} are looked for in it
     */
    public record Paths(
            Path playbooks,
            Path inventory,
            Path logs,
            Path data,
            Path venvSpecs,
            Optional<String> logsGroup,
            Path project) {
        /** What is kept of an environment that has no folder of its own below the inventory. */
        public Path environmentFolder(String environment) {
            return data.resolve("environments").resolve(environment);
        }
    }

    /**
     * Agents on the hosts.
     *
     * @param silentAfter the least time after which one that reported before counts as silent
     */
    public record Agents(Duration silentAfter) {}

    /**
     * One block of {@code environments:}.
     *
     * @param place where it stands, for those who find a mistake in it
     * @param inventory its files and folders as they are written: absolute, or relative to the project
     * @param group only the hosts of this group belong to it; empty for all hosts of the files
     * @param fetching what of its inventory may be executed
     */
    public record EnvironmentEntry(
            String place, List<String> inventory, Optional<String> group, InventoryFetching fetching) {
        public EnvironmentEntry {
            inventory = List.copyOf(inventory);
        }
    }

    /**
     * Which sources of an inventory are executed instead of read, and how often.
     *
     * @param plugins names of the inventory plugins that are allowed
     * @param scripts whether inventory scripts are allowed
     * @param maxAge a run asks again when the last result is older
     * @param timeout after which the sources are given up
     */
    public record InventoryFetching(List<String> plugins, boolean scripts, Duration maxAge, Duration timeout) {
        public InventoryFetching {
            plugins = List.copyOf(plugins);
        }
    }

    /**
     * How Ansible is run.
     *
     * @param cancelGrace from the first signal to the last
     * @param warm whether runs may start from an Ansible that has been imported before
     * @param tuning where the repository says nothing
     */
    public record Ansible(
            int forks,
            Duration timeout,
            boolean hostKeyChecking,
            int maxParallelRuns,
            Duration cancelGrace,
            boolean warm,
            RunIsolation isolation,
            AnsibleTuning tuning) {}

    /**
     * One block of {@code operations:}.
     *
     * @param place where it stands, for those who find a mistake in it
     * @param variables stays raw for the catalogue, which knows variables
     * @param retry whether it is tried again by itself
     * @param rollout how it is rolled out; empty for what its playbook says
     */
    public record OperationEntry(
            String place,
            Optional<String> playbook,
            Optional<Duration> timeout,
            Optional<Yaml> variables,
            Optional<Tries> retry,
            Optional<Rollout> rollout,
            AnsibleOverrides ansible) {}

    /** Modules that may be run without a playbook, by the names that may be given. */
    public record Adhoc(List<String> modules) {
        public Adhoc {
            modules = List.copyOf(modules);
        }
    }

    /** How often in all, how long before the second time, and whether only hosts count that could not be reached. */
    public record Tries(int attempts, Duration backoff, boolean unreachableOnly) {}

    public record Chat(Console console, Slack slack, Discord discord) {}

    public record Console(boolean enabled) {}

    public record Slack(
            Secret botToken, Secret appToken, Secret signingSecret, String mode, URI apiBase, String defaultChannel) {}

    public record Discord(Secret token, List<String> guilds, URI apiBase, URI gateway, String defaultChannel) {}

    public record Schedule(ZoneId timezone, String missed) {}

    /**
     * How long runs and their logs are kept.
     *
     * @param logsMaxCount logs of each playbook in each environment; 0 for any number
     * @param logsMaxSize in bytes
     */
    public record Retention(
            Duration runsMaxAge, int runsMaxCount, Duration logsMaxAge, int logsMaxCount, long logsMaxSize) {}

    /** {@code runs} of one person in {@code per}, and {@code schedules} of one person; 0 for no limit. */
    public record Limits(int runs, Duration per, int schedules) {}

    /**
     * Where playbooks and inventories are pulled from, when they are in a checkout of git.
     *
     * @param branch empty for the one that is checked out
     * @param interval how often it is looked for news, when at all
     * @param timeout how long the remote may take
     * @param webhookSecret whoever knows it can have us look; empty for nobody
     * @param channel where it is said what came by itself, {@code slack:C0123}; empty for nowhere
     * @param edits whether Playcall may change files that git has
     */
    public record Git(
            String remote,
            String branch,
            Optional<Duration> interval,
            Duration timeout,
            Secret webhookSecret,
            String channel,
            boolean edits) {}

    /**
     * How what requirements.yml wants is installed.
     *
     * @param automatic whether a run has it installed first; else it is refused until somebody has
     * @param offline whether only this machine is looked at
     * @param keep for how long after its last use a set that is not wanted any more
     */
    public record Galaxy(boolean automatic, boolean offline, Duration timeout, Duration keep) {}

    /**
     * How Python environments of playbooks are made.
     *
     * @param lint whether ansible-lint looks at a playbook where it is installed; else only Ansible's syntax check does
     * @param ansibleCore the versions of ansible-core that will do, {@code >=2.14}
     * @param indexUrl where pip asks; empty for where it asks by itself
     * @param wheels folder of Python packages; when it is set pip asks nowhere else
     * @param collections folder of archives of collections; when it is set ansible-galaxy asks nowhere else
     * @param root the folder of the environments on hosts of inventories, {@code ~/venvs}
     * @param timeout for each program of an installation
     * @param keep for how long after its last use an environment that no playbook needs any more
     * @param lostAfter how long a run on another host goes on without contact before it counts as interrupted
     */
    public record Venv(
            boolean lint,
            String ansibleCore,
            String indexUrl,
            Optional<Path> wheels,
            Optional<Path> collections,
            String root,
            Duration timeout,
            Duration keep,
            Duration lostAfter) {}

    /** A text nobody may see; prints as {@code [secret]}. */
    public record Secret(String reveal) {
        public boolean isEmpty() {
            return reveal.isEmpty();
        }

        @Override
        public String toString() {
            return "[secret]";
        }
    }

    /** Every value that must never be shown. */
    public List<String> secrets() {
        return knownSecrets.stream().map(Secret::reveal).toList();
    }

    /** This one with other values of what may be set while Playcall works. */
    public Config with(Ansible a, Schedule s, Retention r, Limits l, Git g, Galaxy x) {
        return new Config(
                home,
                server,
                store,
                paths,
                environments,
                a,
                operations,
                chat,
                access,
                policies,
                notifications,
                s,
                r,
                l,
                g,
                x,
                adhoc,
                venv,
                agents,
                knownSecrets);
    }

    /** This one with other receivers and routes. */
    public Config with(NotifyConfig other) {
        return new Config(
                home,
                server,
                store,
                paths,
                environments,
                ansible,
                operations,
                chat,
                access,
                policies,
                other,
                schedule,
                retention,
                limits,
                git,
                galaxy,
                adhoc,
                venv,
                agents,
                knownSecrets);
    }

    /** This one with what can only change with a restart as it is in the one that was started with. */
    public Config runningAs(Config started) {
        return new Config(
                started.home,
                started.server,
                started.store,
                started.paths,
                environments,
                ansible,
                operations,
                started.chat,
                access,
                policies,
                notifications,
                schedule,
                retention,
                limits,
                git,
                galaxy,
                adhoc,
                venv,
                agents,
                knownSecrets);
    }

    public Config {
        environments = Collections.unmodifiableSortedMap(new TreeMap<>(environments));
        knownSecrets = List.copyOf(knownSecrets);
        operations = Collections.unmodifiableSortedMap(new TreeMap<>(operations));
    }
}
