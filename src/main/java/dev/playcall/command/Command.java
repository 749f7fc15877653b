package dev.playcall.command;

import dev.playcall.domain.name.RunId;
import dev.playcall.security.secret.SecretKind;
import dev.playcall.security.secret.SecretRef;
import dev.playcall.security.secret.SecretText;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A wish as somebody wrote it: nothing in it has been checked yet. */
public sealed interface Command {

    /**
     * Start an operation.
     *
     * @param playbook for {@code play}; elsewhere it comes from the catalogue
     * @param limit hosts and groups with commas between them, empty for all
     * @param variables as written; numbers and flags may come as text
     * @param override why it has to be done in spite of a lock or a freeze; empty when they count
     */
    record Start(
            String operation,
            String environment,
            Optional<String> playbook,
            String limit,
            List<String> tags,
            boolean check,
            boolean diff,
            Map<String, Object> variables,
            String name,
            String description,
            String override)
            implements Command {
        public Start {
            tags = List.copyOf(tags);
            variables = Map.copyOf(variables);
        }

        /** A wish that respects locks and freezes. */
        public Start(
                String operation,
                String environment,
                Optional<String> playbook,
                String limit,
                List<String> tags,
                boolean check,
                boolean diff,
                Map<String, Object> variables,
                String name,
                String description) {
            this(operation, environment, playbook, limit, tags, check, diff, variables, name, description, "");
        }

        /** The same wish with other variables. */
        public Start with(Map<String, Object> others) {
            return new Start(
                    operation, environment, playbook, limit, tags, check, diff, others, name, description, override);
        }

        /** The same wish for this environment. */
        public Start in(String other) {
            return new Start(
                    operation, other, playbook, limit, tags, check, diff, variables, name, description, override);
        }

        /** The same wish for these hosts. */
        public Start on(List<String> hosts) {
            var names = String.join(",", hosts);
            return new Start(
                    operation, environment, playbook, names, tags, check, diff, variables, name, description, override);
        }

        /** The same wish once more; an override never holds for another run than it was said for. */
        public Start because(Why why) {
            var said = why.reason().isBlank() ? description : why.reason();
            return new Start(
                    operation, environment, playbook, limit, tags, check, diff, variables, name, said, why.override());
        }

        /** The same wish, whatever lock or freeze there is. */
        public Start overriding(String reason) {
            return new Start(
                    operation, environment, playbook, limit, tags, check, diff, variables, name, description, reason);
        }
    }

    /** Stop a run, whether it waits or works. */
    record Cancel(RunId run) implements Command {}

    /**
     * Why something is done again.
     *
     * @param reason in place of what the first run said; empty when that still holds
     * @param override why it has to be done in spite of a lock or a freeze; empty when they count
     */
    record Why(String reason, String override) {
        public static final Why SAME = new Why("", "");
    }

    /** Only the failed and unreachable hosts of a run that ended badly, otherwise the same. */
    record Retry(RunId run, Why why) implements Command {
        public Retry(RunId run) {
            this(run, Why.SAME);
        }
    }

    /** The same request again, checked anew. */
    record Rerun(RunId run, Why why) implements Command {
        public Rerun(RunId run) {
            this(run, Why.SAME);
        }
    }

    /** The caller says that this person is also them; {@code slack:U0123} as written. */
    record Link(String person) implements Command {}

    /** This person is nobody else any more. */
    record Unlink(String person) implements Command {}

    /** Agree to exactly what a run would do. */
    record Approve(RunId run) implements Command {}

    /** Refuse to agree, which ends it. */
    record Reject(RunId run, String reason) implements Command {}

    /** Keep a run whatever its age. */
    record Pin(RunId run, String reason) implements Command {}

    /** Keep it no longer than any other. */
    record Unpin(RunId run) implements Command {}

    /** Change the hosts of an environment in the file that people wrote. */
    record EditHosts(String environment, HostChange change) implements Command {}

    /** What to do with one host; a tag is a group. */
    sealed interface HostChange {
        String host();

        default String group() {
            return "all";
        }

        record Add(String host, String group, Map<String, String> variables) implements HostChange {
            public Add {
                variables = Map.copyOf(variables);
            }
        }

        record Remove(String host) implements HostChange {}

        record Tag(String host, String group) implements HostChange {}

        record Untag(String host, String group) implements HostChange {}

        /** What is about a group and no host. */
        sealed interface OfGroup extends HostChange {
            @Override
            default String host() {
                return "";
            }
        }

        record AddGroup(String group) implements OfGroup {}

        /** Only an empty one. */
        record RemoveGroup(String group) implements OfGroup {}

        record RenameGroup(String group, String to) implements OfGroup {}
    }

    /** Let nobody else change an environment. {@code time} is how long, empty until it is unlocked. */
    record Lock(String environment, String reason, Optional<Duration> time) implements Command {}

    /** Take a lock away. */
    record Unlock(String environment) implements Command {}

    /** What is done about the secrets that are kept. */
    sealed interface OnSecrets extends Command {}

    /** Keep a secret, in place of the one of this name; the value never came through a channel. */
    record SetSecret(SecretRef ref, SecretKind kind, SecretText value) implements OnSecrets {}

    record RemoveSecret(SecretRef ref) implements OnSecrets {}

    /** Close all of them with a new key and forget the old one. */
    record RotateSecrets() implements OnSecrets {}

    /** What is not about one run that there is: what runs by itself, several at a time, what is held back. */
    sealed interface Standing extends Command {
        /** What the audit log calls it. */
        String auditAction();

        /** What it is about, in the audit log. */
        String subject();

        /** The environment it is about, where it is about one. */
        default Optional<String> place() {
            return Optional.empty();
        }
    }

    /** About what runs by itself. */
    sealed interface OnSchedules extends Standing {}

    /**
     * Run it by itself from now on.
     *
     * @param time five fields of cron, or a moment when {@code once}
     * @param zone empty for the one of the configuration
     * @param missed empty for what the configuration says
     * @param jitter empty for none
     */
    record AddSchedule(boolean once, String time, String zone, String missed, String jitter, Start start)
            implements OnSchedules {
        @Override
        public String auditAction() {
            return "schedule.add";
        }

        @Override
        public String subject() {
            return time + " " + start.operation() + " " + start.environment();
        }

        @Override
        public Optional<String> place() {
            return Optional.of(start.environment());
        }
    }

    /**
     * Tell a channel again and again how it went.
     *
     * @param every {@code daily}, {@code weekly} or five fields of cron
     * @param day of the week, where it comes weekly; empty for Monday
     * @param at time of day; empty for nine in the morning
     * @param zone empty for the one of the configuration
     * @param missed empty for what the configuration says
     * @param environment empty or {@code all} for every one the caller may see
     * @param channel empty for the one it is said in
     */
    record AddReport(
            String every, String day, String at, String zone, String missed, String environment, String channel)
            implements OnSchedules {
        @Override
        public String auditAction() {
            return "report.add";
        }

        @Override
        public String subject() {
            return (every + " " + day + " " + at).strip().replaceAll(" +", " ") + " report "
                    + (environment.isBlank() ? "all" : environment)
                    + (channel.isBlank() ? "" : " in " + channel);
        }

        @Override
        public Optional<String> place() {
            return Optional.of(environment).filter(e -> !e.isBlank() && !e.equals("all"));
        }
    }

    record ChangeSchedule(long schedule, How how, String reason) implements OnSchedules {
        /** What is done with it. */
        public enum How {
            PAUSE,
            RESUME,
            REMOVE
        }

        @Override
        public String auditAction() {
            return "schedule." + how.name().toLowerCase(java.util.Locale.ROOT);
        }

        @Override
        public String subject() {
            return "schedule " + schedule + (reason.isBlank() ? "" : ": " + reason);
        }
    }

    /** Run it now, besides its times, with the rights of the caller. */
    record RunSchedule(long schedule) implements OnSchedules {
        @Override
        public String auditAction() {
            return "schedule.run";
        }

        @Override
        public String subject() {
            return "schedule " + schedule;
        }
    }

    /** About one request over several environments. */
    sealed interface OnBatches extends Standing {}

    /**
     * Start the same in several environments, one after the other.
     *
     * @param environments in their order, or {@code all}
     * @param onFailure {@code stop} or {@code continue}; empty for stop
     * @param start what to do in each; its environment is empty
     */
    record StartBatch(List<String> environments, String onFailure, Start start) implements OnBatches {
        public StartBatch {
            environments = List.copyOf(environments);
        }

        @Override
        public String auditAction() {
            return "batch";
        }

        @Override
        public String subject() {
            return start.operation() + start.playbook().map(p -> " " + p).orElse("") + " "
                    + String.join(",", environments);
        }
    }

    /** Cancel what of it has not ended, or only what has not begun. */
    record CancelBatch(long batch, boolean rest) implements OnBatches {
        @Override
        public String auditAction() {
            return "cancel.batch";
        }

        @Override
        public String subject() {
            return "batch " + batch + (rest ? ", what has not begun" : "");
        }
    }

    /** Do again what of it did not end well, as a new batch. */
    record RetryBatch(long batch, Why why) implements OnBatches {
        @Override
        public String auditAction() {
            return "retry.batch";
        }

        @Override
        public String subject() {
            return "batch " + batch;
        }
    }

    /** About one run, while it waits or works. */
    sealed interface OnWork extends Standing {
        RunId run();

        @Override
        default String subject() {
            return run().toString();
        }
    }

    /** Hold still what works. */
    record PauseRun(RunId run, String reason) implements OnWork {
        @Override
        public String auditAction() {
            return "pause.run";
        }
    }

    record ResumeRun(RunId run) implements OnWork {
        @Override
        public String auditAction() {
            return "resume.run";
        }
    }

    /** About what waits, and what is to wait. */
    sealed interface OnQueue extends Standing {}

    /** Let nothing of this begin: {@code queue}, an environment or a playbook. */
    record Pause(String what, String reason) implements OnQueue {
        @Override
        public String auditAction() {
            return "pause";
        }

        @Override
        public String subject() {
            return what + ": " + reason;
        }
    }

    /** Let it go on; empty for what is held back for everybody. */
    record Resume(String what) implements OnQueue {
        @Override
        public String auditAction() {
            return "resume";
        }

        @Override
        public String subject() {
            return what;
        }
    }

    /** About the playbooks as files. */
    sealed interface OnPlaybooks extends OnLibrary {
        String name();

        @Override
        default String subject() {
            return "playbook " + name();
        }
    }

    /**
     * Write a playbook.
     *
     * @param description text of its {@code .meta.yml}; empty to leave the one it has, a blank text to take that away
     * @param seen tag of what the writer saw there; empty when nothing was
     */
    record WritePlaybook(String name, String playbook, Optional<String> description, Optional<String> seen)
            implements OnPlaybooks {
        @Override
        public String auditAction() {
            return seen.isEmpty() ? "playbook.create" : "playbook.write";
        }
    }

    /** @param seen tag of what the deleter saw there; empty for whatever is there */
    record DeletePlaybook(String name, Optional<String> seen) implements OnPlaybooks {
        @Override
        public String auditAction() {
            return "playbook.delete";
        }
    }

    /** @param version its id or the beginning of it; empty for the newest that is kept */
    record RestorePlaybook(String name, String version) implements OnPlaybooks {
        @Override
        public String auditAction() {
            return "playbook.restore";
        }
    }

    /** About hosts that stand in no file. */
    sealed interface OnRegister extends OnLibrary {
        String environment();

        String host();

        @Override
        default String subject() {
            return host() + " " + environment();
        }

        @Override
        default Optional<String> place() {
            return Optional.of(environment());
        }
    }

    /**
     * Say that there is a host, or what it is like.
     *
     * @param address an empty text takes away what was there, here and in the next three
     * @param port as written
     * @param key name of a private key among the secrets
     * @param tags empty to leave them as they are
     * @param variables texts, numbers, flags, and lists and maps of these; an empty text takes one away
     */
    record RegisterHost(
            String environment,
            String host,
            Way way,
            Optional<String> address,
            Optional<String> port,
            Optional<String> user,
            Optional<String> key,
            Optional<List<String>> tags,
            Map<String, Object> variables)
            implements OnRegister {
        public RegisterHost {
            tags = tags.map(List::copyOf);
            variables = Map.copyOf(variables);
        }

        /** What becomes of a host that is there already. */
        public enum Way {
            /** It has to be new. */
            CREATE,
            /** What is not said stays as it is. */
            CHANGE,
            /** What is not said is not there any more. */
            REPLACE
        }

        @Override
        public String auditAction() {
            return way == Way.CHANGE ? "host.change" : "host.register";
        }
    }

    record UnregisterHost(String environment, String host) implements OnRegister {
        @Override
        public String auditAction() {
            return "host.unregister";
        }
    }

    /** About what Playcall works with: its configuration, the playbooks, where they come from. */
    sealed interface OnLibrary extends Standing {}

    /** Read the configuration anew. */
    record Reload() implements OnLibrary {
        @Override
        public String auditAction() {
            return "reload";
        }

        @Override
        public String subject() {
            return "configuration";
        }
    }

    /** Take from the remotes what is not here; {@code now} also while runs work from the files that are replaced. */
    record Sync(boolean now) implements OnLibrary {
        @Override
        public String auditAction() {
            return "sync";
        }

        @Override
        public String subject() {
            return "playbooks and inventories" + (now ? ", while runs work" : "");
        }
    }

    /** Have installed what requirements.yml wants, {@code again} also where it is there; or only say how that stands. */
    record Provide(boolean install, boolean again) implements OnLibrary {
        @Override
        public String auditAction() {
            return install ? "galaxy.install" : "galaxy.show";
        }

        @Override
        public String subject() {
            return "collections and roles" + (again ? ", again" : "");
        }
    }

    /** About what may be set while Playcall works. */
    sealed interface OnSettings extends OnLibrary {}

    record ShowSettings() implements OnSettings {
        @Override
        public String auditAction() {
            return "settings.show";
        }

        @Override
        public String subject() {
            return "settings";
        }
    }

    /** @param reason for whoever looks at it later; may be empty */
    record SetSetting(String key, String value, String reason) implements OnSettings {
        @Override
        public String auditAction() {
            return "settings.set";
        }

        @Override
        public String subject() {
            return key + " " + value;
        }
    }

    /** As the file says it again. */
    record ResetSetting(String key, String reason) implements OnSettings {
        @Override
        public String auditAction() {
            return "settings.reset";
        }

        @Override
        public String subject() {
            return key;
        }
    }

    /** Take no new wishes. */
    record Drain(String reason) implements OnQueue {
        @Override
        public String auditAction() {
            return "drain";
        }

        @Override
        public String subject() {
            return reason;
        }
    }

    /** Cancel everything that waits and that the caller may cancel. */
    record CancelQueue() implements OnQueue {
        @Override
        public String auditAction() {
            return "cancel.queue";
        }

        @Override
        public String subject() {
            return "queue";
        }
    }
    /** What is done about alerts and messages. */
    sealed interface OnAlerts extends Command {}

    /**
     * Tell nobody of something for a time.
     *
     * @param words what, then why, as they were typed
     * @param time how long; two hours when nothing is said
     */
    record Mute(List<String> words, Optional<Duration> time) implements OnAlerts {
        public Mute {
            words = List.copyOf(words);
        }
    }

    record Unmute(long mute) implements OnAlerts {}

    /** The caller takes care of these alerts. */
    record Acknowledge(List<Long> alerts) implements OnAlerts {
        public Acknowledge {
            alerts = List.copyOf(alerts);
        }
    }

    /** Do what an alert offers. */
    record Act(long offer) implements OnAlerts {}

    /** Send a marked message to a receiver or to those of a route. */
    record Drill(String target) implements OnAlerts {}

    /** Send again what has ended; everything that is dead when no number is said. */
    record Redeliver(Optional<Long> delivery) implements OnAlerts {}
}
