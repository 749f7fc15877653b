package dev.playcall.web;

import dev.playcall.journal.HostStatus;
import dev.playcall.journal.HostStatus.Column;
import dev.playcall.journal.HostStatus.OpenAlert;
import dev.playcall.journal.VersionDrift;
import dev.playcall.web.pages.Cell;
import dev.playcall.web.pages.ServerRow;
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
        var ssh = status.flatMap(HostStatus::ssh).map(c -> cell(c, latency(c)));
        var provision = status.flatMap(HostStatus::provision).map(c -> cell(c, ""));
        var deploy = status.flatMap(HostStatus::deploy).map(c -> cell(c, c.version()));
        return new ServerRow(
                environment,
                host,
                ssh.orElse(Cell.UNKNOWN),
                provision.orElse(Cell.UNKNOWN),
                deploy.orElse(Cell.UNKNOWN),
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

    Cell ssh(Optional<HostStatus> status) {
        return status.flatMap(HostStatus::ssh).map(c -> cell(c, latency(c))).orElse(Cell.UNKNOWN);
    }

    private static String latency(Column c) {
        return c.latencyMillis().isPresent() && c.status().equals("ok")
                ? c.latencyMillis().getAsLong() + " ms"
                : "";
    }

    private Cell cell(Column c, String text) {
        var tone = switch (c.status()) {
            case "ok" -> "good";
            case "running" -> "busy";
            default -> "bad";
        };
        var at = c.completed().orElse(c.started());
        return new Cell(
                Tones.sign(tone),
                tone,
                c.status(),
                text,
                Ages.ago(at, now),
                Json.time(at),
                tone.equals("bad") ? c.error() : "",
                c.run().value());
    }

    private static Cell whole(List<Cell> cells, Optional<OpenAlert> alert) {
        var bad = cells.stream().filter(c -> c.tone().equals("bad")).findFirst();
        return bad.or(() -> alert.map(StatusCells::alert))
                .or(() -> cells.stream().filter(c -> c.tone().equals("busy")).findFirst())
                .or(() -> cells.stream().findFirst())
                .orElse(Cell.UNKNOWN);
    }

    private static Cell alert(OpenAlert alert) {
        return new Cell(Tones.sign("bad"), "bad", "alert " + alert.id(), "", "", "", alert.title(), 0);
    }
}
