package dev.playcall.web.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.playcall.catalog.selection.HostFacts;
import dev.playcall.domain.name.RunId;
import dev.playcall.journal.HostStatus;
import dev.playcall.journal.HostStatus.Column;
import dev.playcall.journal.HostStatus.Work;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class StatusCellsTest {
    private static final Instant AT = Instant.parse("2026-01-31T08:15:00Z");
    private static final StatusCells CELLS = new StatusCells(Instant.parse("2026-01-31T09:30:00Z"), HostFacts.NONE);

    private static Optional<Column> column(String status, String version, Optional<Work> work) {
        var ended = work.isPresent() ? Optional.<Instant>empty() : Optional.of(AT);
        return Optional.of(
                new Column(status, new RunId(4), AT, ended, version, OptionalLong.empty(), "", Optional.empty(), work));
    }

    private static Optional<Work> work(int expected) {
        return Optional.of(new Work("ok", Optional.of(AT), "", 2, expected, "Install packages"));
    }

    private static ServerRow row(Optional<Column> provision, Optional<Column> deploy) {
        var host = new HostStatus("web-1", Optional.empty(), provision, deploy, Optional.empty(), Optional.empty());
        return CELLS.row("production", "web-1", Optional.of(host), Optional.empty());
    }

    @Test
    void whatIsDeployedSaysWhenOnHover() {
        var row = row(Optional.empty(), column("ok", "v1.2.3", Optional.empty()));
        assertThat(row.deploy().text()).isEqualTo("v1.2.3");
        assertThat(row.deploy().hover()).isEqualTo("v1.2.3 at 2026-01-31 08:15 UTC");
        assertThat(row.whole().word()).isEqualTo("Running");
        assertThat(row.ssh().word()).isEqualTo("not tested");
        assertThat(row.provision().word()).isEqualTo("not started");
    }

    @Test
    void whatIsDoneNowShowsHowFarItIs() {
        var row = row(column("running", "", work(0)), column("running", "v1", work(5)));
        assertThat(row.deploy().text()).isEqualTo("deploying 2/5");
        assertThat(row.provision().text()).isEqualTo("Install packages…");
        assertThat(row.whole().word()).isEqualTo("Deploying");
    }
}
