package dev.playcall.web.inventory;

import dev.playcall.domain.Truncate;
import dev.playcall.domain.format.TextFormat;
import dev.playcall.journal.HostStatus;
import dev.playcall.journal.HostStatus.Column;
import dev.playcall.journal.HostStatus.OpenAlert;
import dev.playcall.journal.VersionDrift;
import dev.playcall.web.http.JsonBodies;
import dev.playcall.web.http.StatusColors;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What is known of a host, as the operations table shows it. */
final class StatusCells {
    private final Instant now;

    StatusCells(Instant now) {
        this.now = now;
    }

    ServerRow row(String environment, String host, Optional<HostStatus> status, Optional<VersionDrift.Odd> odd) {
        var ssh = status.flatMap(HostStatus::ssh).map(c -> cell(c, c.answer()));
        var provision = status.flatMap(HostStatus::provision).map(c -> cell(c, ""));
        var deploy = status.flatMap(HostStatus::deploy).map(c -> cell(c, c.version()));
        return new ServerRow(
                environment,
                host,
                ssh.orElse(StatusCell.UNKNOWN),
                provision.orElse(StatusCell.UNKNOWN),
                deploy.orElse(StatusCell.UNKNOWN),
                whole(
                        Stream.of(
                                        ssh,
                                        provision,
                                        deploy,
                                        status.flatMap(HostStatus::last).map(c -> cell(c, "")))
                                .flatMap(Optional::stream)
                                .toList(),
                        status.flatMap(HostStatus::alert)),
                odd.map(o -> o.others() + " of " + o.group() + (o.others() == 1 ? " has " : " have ") + o.expected())
                        .orElse(""));
    }

    StatusCell ssh(Optional<HostStatus> status) {
        return status.flatMap(HostStatus::ssh).map(c -> cell(c, c.answer())).orElse(StatusCell.UNKNOWN);
    }

    private StatusCell cell(Column c, String text) {
        var tone = switch (c.status()) {
            case "ok" -> "good";
            case "running" -> "busy";
            default -> "bad";
        };
        var at = c.completed().orElse(c.started());
        return new StatusCell(
                StatusColors.sign(tone),
                tone,
                c.status(),
                text,
                TextFormat.ago(at, now),
                JsonBodies.time(at),
                tone.equals("bad") ? c.error() : "",
                c.run().value());
    }

    private static StatusCell whole(List<StatusCell> cells, Optional<OpenAlert> alert) {
        var bad = cells.stream().filter(c -> c.tone().equals("bad")).findFirst();
        return bad.or(() -> alert.map(StatusCells::alert))
                .or(() -> cells.stream().filter(c -> c.tone().equals("busy")).findFirst())
                .or(() -> cells.stream().findFirst())
                .orElse(StatusCell.UNKNOWN);
    }

    private static StatusCell alert(OpenAlert alert) {
        return new StatusCell(
                StatusColors.sign("bad"),
                "bad",
                "alert #" + alert.id() + ": " + Truncate.of(alert.title(), 60),
                "",
                "",
                "",
                alert.title(),
                0);
    }
}
