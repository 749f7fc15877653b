package dev.playcall.web.inventory;

import dev.playcall.catalog.selection.HostFacts;
import dev.playcall.domain.Truncate;
import dev.playcall.domain.agent.AgentState;
import dev.playcall.domain.format.TextFormat;
import dev.playcall.domain.name.EnvironmentName;
import dev.playcall.journal.HostStatus;
import dev.playcall.journal.HostStatus.Column;
import dev.playcall.journal.HostStatus.OpenAlert;
import dev.playcall.journal.StatusWords;
import dev.playcall.journal.VersionDrift;
import dev.playcall.web.http.JsonBodies;
import dev.playcall.web.http.StatusColors;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** What is known of a host, as the operations table shows it. */
final class StatusCells {
    private final Instant now;
    private final HostFacts facts;

    /** @param facts what is known of agents */
    StatusCells(Instant now, HostFacts facts) {
        this.now = now;
        this.facts = facts;
    }

    ServerRow row(String environment, String host, Optional<HostStatus> status, Optional<VersionDrift.Outlier> odd) {
        var sshColumn = status.flatMap(HostStatus::ssh);
        var ssh = sshColumn.map(c -> cell(c, StatusWords.ssh(sshColumn), c.answer()));
        var provisionColumn = status.flatMap(HostStatus::provision);
        var provision =
                provisionColumn.map(c -> cell(c, StatusWords.provision(provisionColumn), work("provisioning", c)));
        var deployColumn = status.flatMap(HostStatus::deploy);
        var deploy = deployColumn.map(
                c -> cell(c, StatusWords.deploy(deployColumn), c.isRunning() ? work("deploying", c) : c.version()));
        var agent = facts.agent(new EnvironmentName(environment), host);
        return new ServerRow(
                environment,
                host,
                ssh.orElse(none(sshColumn, StatusWords::ssh)),
                provision.orElse(none(provisionColumn, StatusWords::provision)),
                deploy.orElse(none(deployColumn, StatusWords::deploy)),
                whole(
                        StatusWords.server(status),
                        Stream.of(
                                        ssh,
                                        provision,
                                        deploy,
                                        status.flatMap(HostStatus::last).map(c -> cell(c, c.status(), "")))
                                .flatMap(Optional::stream)
                                .toList(),
                        status.flatMap(HostStatus::alert)),
                agent.known().map(_ -> agent.words(now)).orElse(""),
                agent instanceof AgentState.Silent,
                odd.map(o -> o.others() + " of " + o.group() + (o.others() == 1 ? " has " : " have ") + o.expected())
                        .orElse(""));
    }

    /** Agents that report with an id that no server of the environment has. */
    List<String> unknownAgents(EnvironmentName environment) {
        return facts.unknown(environment).stream().map(a -> a.words(now)).toList();
    }

    StatusCell ssh(Optional<HostStatus> status) {
        var ssh = status.flatMap(HostStatus::ssh);
        return ssh.map(c -> cell(c, StatusWords.ssh(ssh), c.answer())).orElse(none(ssh, StatusWords::ssh));
    }

    private static StatusCell none(Optional<Column> nothing, Function<Optional<Column>, String> word) {
        return StatusCell.unknown(spaced(word.apply(nothing)));
    }

    private static String spaced(String word) {
        return word.replace('_', ' ');
    }

    /** {@code deploying 2/5}, {@code Install packages…}; empty when nothing is done there now. */
    private static String work(String verb, Column c) {
        if (!c.isRunning()) {
            return "";
        }
        var progress = c.progress();
        return progress.endsWith("…") ? progress : (verb + " " + progress).strip();
    }

    private StatusCell cell(Column c, String word, String text) {
        var tone = c.isOk() ? "good" : c.isRunning() ? "busy" : "bad";
        var at = c.completed().orElse(c.started());
        return new StatusCell(
                StatusColors.sign(tone),
                tone,
                spaced(c.isBad() ? c.status() : word),
                text,
                TextFormat.ago(at, now),
                JsonBodies.time(at),
                (text.isEmpty() ? spaced(word) : text) + (c.isRunning() ? " since " : " at ") + TextFormat.minute(at),
                tone.equals("bad") ? error(c) : "",
                c.run().value());
    }

    private static String error(Column c) {
        return c.error().isEmpty() ? spaced(c.status()) : c.error();
    }

    private static StatusCell whole(String word, List<StatusCell> cells, Optional<OpenAlert> alert) {
        var tone = switch (word) {
            case "Failed" -> "bad";
            case "Deploying", "Provisioning" -> "busy";
            case "Running" -> "good";
            default -> "none";
        };
        var why = cells.stream()
                .filter(c -> c.tone().equals("bad"))
                .map(StatusCell::error)
                .findFirst()
                .or(() -> alert.map(OpenAlert::title))
                .orElse("");
        var named = cells.stream().noneMatch(c -> c.tone().equals("bad"))
                ? alert.map(a -> word + ", alert #" + a.id() + ": " + Truncate.of(a.title(), 60))
                        .orElse(word)
                : word;
        long run = run(cells, tone.equals("bad"));
        return new StatusCell(StatusColors.sign(tone), tone, named, "", "", "", "", tone.equals("bad") ? why : "", run);
    }

    /** Of a host in trouble the newest run that left it so, none where only an alert says it; of others the newest run. */
    private static long run(List<StatusCell> cells, boolean bad) {
        return cells.stream()
                .filter(c -> !bad || c.tone().equals("bad"))
                .mapToLong(StatusCell::run)
                .max()
                .orElse(0);
    }
}
