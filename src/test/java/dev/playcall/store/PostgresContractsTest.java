package dev.playcall.store;

import static dev.playcall.testing.Runs.asked;
import static org.assertj.core.api.Assertions.assertThat;

import dev.playcall.journal.node.Node;
import dev.playcall.journal.node.NodeStore.Identity;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The contracts of the store, on a server of PostgreSQL. */
class PostgresContractsTest {

    @Nested
    class EventStores extends EventStoreContract {
        @Override
        TestDatabase open(Path place) {
            return PostgresDatabase.fresh();
        }
    }

    @Nested
    class ChatStores extends ChatStoreContract {
        @Override
        TestDatabase open(Path place) {
            return PostgresDatabase.fresh();
        }
    }

    @Nested
    class NotifyStores extends NotifyStoreContract {
        @Override
        TestDatabase open(Path place) {
            return PostgresDatabase.fresh();
        }
    }

    @Nested
    class RunList extends RunListContract {
        @Override
        TestDatabase open(Path place) {
            return PostgresDatabase.fresh();
        }
    }

    @Nested
    class WakeUps extends WakeUpContract {
        @Override
        TestDatabase open(Path place) {
            return PostgresDatabase.fresh();
        }
    }

    @Nested
    class HostStatus extends HostStatusContract {
        @Override
        TestDatabase open(Path place) {
            return PostgresDatabase.fresh();
        }
    }

    @Nested
    class LinkStores extends LinkStoreContract {
        @Override
        TestDatabase open(Path place) {
            return PostgresDatabase.fresh();
        }
    }

    @Nested
    class SecretStores extends SecretStoreContract {
        @Override
        TestDatabase open(Path place) {
            return PostgresDatabase.fresh();
        }
    }

    @Nested
    class History extends HistoryContract {
        @Override
        TestDatabase open(Path place) {
            return PostgresDatabase.fresh();
        }
    }

    @Nested
    class Deployments extends DeploymentContract {
        @Override
        TestDatabase open(Path place) {
            return PostgresDatabase.fresh();
        }
    }

    @Nested
    class Comparisons extends ComparisonContract {
        @Override
        TestDatabase open(Path place) {
            return PostgresDatabase.fresh();
        }
    }

    @Nested
    class Nodes extends NodeContract {
        @Override
        TestDatabase open(Path place) {
            return PostgresDatabase.fresh();
        }

        @Test
        void aChangeIsCountedForThoseWhoKeepItInMemory() {
            var nodes = store().nodes();
            sql("insert into setting (name, value, by, at) values ('x', '1', 'web:anna', 1)");
            long first = nodes.changes().getOrDefault("settings", 0L);
            sql("update setting set value = '2'");
            assertThat(nodes.changes().get("settings")).isEqualTo(first + 1);
            assertThat(nodes.changes()).doesNotContainKey("secrets");
        }

        @Test
        void whatWasRequestedWithOtherFilesWaitsForWhoHasThem() {
            var nodes = store().nodes();
            for (var name : List.of("node", "other")) {
                nodes.started(new Identity(name, "1.0", "of-" + name, Set.of()));
                nodes.content(name, "files of " + name);
            }
            create(asked("deploy"));
            sql("update run set content = 'files of other'");
            assertThat(claim("deploy", 9)).isEmpty();
            sql("update node set last_seen = last_seen - 60000 where name = 'other'");
            assertThat(claim("deploy", 9)).isPresent();
        }

        /** For two seconds: the other one may have no place. */
        @Test
        void aRunIsLeftToANodeThatWorksOnFewer() {
            var nodes = store().nodes();
            for (var name : List.of("node", "other")) {
                nodes.started(new Identity(name, "1.0", "of-" + name, Set.of()));
            }
            create(asked("deploy"));
            assertThat(claim("deploy", 9)).isPresent();
            create(asked("patch"));
            var justNow = store().claim("patch", 9, "node", (_, _) -> "log", () -> T);
            assertThat(justNow).isEmpty();
            sql("update run set requested_at = requested_at - 3000 where lock_name = 'patch'");
            assertThat(claim("patch", 9)).isPresent();
        }

        @Test
        void aNodeThatHasNotBeenHeardOfIsDownUntilItSaysSomething() {
            var nodes = store().nodes();
            nodes.started(new Identity("a", "1.0", "", Set.of()));
            sql("update node set last_seen = last_seen - 60000");
            assertThat(nodes.all()).extracting(Node::status).containsExactly("down");
            nodes.heartbeat("a", Duration.ofMinutes(5));
            assertThat(nodes.all()).extracting(Node::status).containsExactly("up");
        }
    }
}
