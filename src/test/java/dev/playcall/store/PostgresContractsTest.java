package dev.playcall.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.playcall.journal.node.Node;
import dev.playcall.journal.node.NodeStore.Identity;
import java.nio.file.Path;
import java.time.Duration;
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
        void aNodeThatHasNotBeenHeardOfIsDownUntilItSaysSomething() {
            var nodes = store().nodes();
            nodes.started(new Identity("a", "1.0", ""));
            sql("update node set last_seen = last_seen - 60000");
            assertThat(nodes.all()).extracting(Node::status).containsExactly("down");
            nodes.heartbeat("a", Duration.ofMinutes(5));
            assertThat(nodes.all()).extracting(Node::status).containsExactly("up");
        }
    }
}
