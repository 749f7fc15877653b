package dev.playcall.command.content;

import dev.playcall.background.BackgroundService;
import dev.playcall.content.ContentException;
import dev.playcall.domain.Run;
import dev.playcall.domain.RunState;
import dev.playcall.domain.venv.HostVenvRun;
import dev.playcall.journal.RunJournal;
import dev.playcall.journal.RunQuery;
import dev.playcall.venv.HostVenvs;
import dev.playcall.venv.HostVenvs.HostVenv;
import dev.playcall.venv.HostVenvs.VenvHost;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes down which environments a host has when a run has made one there, or has removed some. */
final class HostVenvKeeper implements BackgroundService {
    private static final Logger LOG = LoggerFactory.getLogger(HostVenvKeeper.class);
    private static final int LOOKED_THROUGH = 100;
    private static final String REMOVED = "removed ";

    private final RunJournal journal;
    private final HostVenvs hosts;
    private RunJournal.@Nullable Subscription subscription;

    HostVenvKeeper(RunJournal journal, HostVenvs hosts) {
        this.journal = journal;
        this.hosts = hosts;
    }

    /** Also does what was left to do by a gateway that was killed. */
    @Override
    public void start() {
        subscription = journal.follow(entry -> settle(entry.run(), false));
        Stream.of(HostVenvRun.DEPLOY, HostVenvRun.CLEANUP)
                .flatMap(o ->
                        journal
                                .read()
                                .list(RunQuery.newest(LOOKED_THROUGH).operation(Optional.of(o.value())))
                                .runs()
                                .stream())
                .sorted(Comparator.comparingLong(r -> r.id().value()))
                .forEach(r -> settle(r, true));
    }

    /** @param late whether it is done after a new start, when what was written since counts */
    private void settle(Run run, boolean late) {
        var what = HostVenvRun.of(run.request());
        if (what.isEmpty() || !run.state().isFinal() || run.startedAt().isEmpty()) {
            return;
        }
        var host = VenvHost.of(run.request().environment(), run.request().limit());
        try {
            if (late && hosts.isWrittenSince(host, run.endedAt().orElse(Instant.EPOCH))) {
                return;
            }
            var said = journal.traces().messages(run.id()).stream()
                    .flatMap(String::lines)
                    .toList();
            switch (what.get()) {
                case HostVenvRun.Deploy(var spec, var _, var _) -> made(run, host, spec, said);
                case HostVenvRun.Cleanup(var names) ->
                    hosts.remove(
                            host,
                            names.stream()
                                    .filter(n -> said.contains(REMOVED + n))
                                    .toList());
                case HostVenvRun.Verify _ -> {} // it only says what differs
            }
        } catch (ContentException e) {
            LOG.warn("{}: {}", run.id(), e.why());
        }
    }

    private void made(Run run, VenvHost host, String spec, List<String> said) throws ContentException {
        if (run.state() == RunState.SUCCESS) {
            var facts = facts(said);
            hosts.add(
                    host,
                    new HostVenv(
                            spec,
                            path(facts.getOrDefault("path", ""), spec),
                            time(facts).or(run::endedAt).orElse(Instant.EPOCH),
                            facts.getOrDefault("requirements", ""),
                            number(facts.getOrDefault("size", ""))));
        }
    }

    private static Map<String, String> facts(List<String> said) {
        var facts = new HashMap<String, String>();
        said.forEach(line -> {
            int blank = line.indexOf(' ');
            if (blank > 0) {
                facts.putIfAbsent(line.substring(0, blank), line.substring(blank + 1));
            }
        });
        return facts;
    }

    private static String path(String said, String spec) {
        return said.matches("/\\P{Cntrl}{1,500}") ? said : "~/venvs/" + spec;
    }

    private static Optional<Instant> time(Map<String, String> facts) {
        try {
            return Optional.of(Instant.ofEpochSecond(number(facts.getOrDefault("installed", ""))))
                    .filter(i -> i.isAfter(Instant.EPOCH));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** What a host says is not to be relied on. */
    private static long number(String text) {
        return text.matches("\\d{1,15}") ? Long.parseLong(text) : 0;
    }

    @Override
    public void close() {
        if (subscription != null) {
            subscription.close();
        }
    }
}
