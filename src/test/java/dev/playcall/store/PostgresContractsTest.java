package dev.playcall.store;

import java.nio.file.Path;
import org.junit.jupiter.api.Nested;

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
}
