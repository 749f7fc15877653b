package dev.playcall.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.playcall.domain.RunState;
import dev.playcall.testing.Runs;
import org.junit.jupiter.api.Test;

class SqliteEventStoreTest extends EventStoreContract {

    @Test
    void anIndexThatRefusesARowIsNotTakenForALockThatIsHeld() {
        create(Runs.asked("deploy"));
        sql("create unique index another on run (node)");
        sql("update run set node = 'node' where id = (select id from run)");
        create(Runs.asked("provision"));
        assertThatThrownBy(() -> claim("provision", 9)).hasMessageContaining("UNIQUE constraint failed: run.node");
        assertThat(store().queue()).extracting(r -> r.state()).containsOnly(RunState.QUEUED);
    }
}
