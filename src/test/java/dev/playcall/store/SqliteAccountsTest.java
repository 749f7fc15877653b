package dev.playcall.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.playcall.security.identity.Account;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteAccountsTest {
    private static final int AT_ONCE = 8;

    @TempDir
    Path folder;

    private static Account account(String name, boolean admin) {
        return new Account(name, admin, Instant.EPOCH);
    }

    @Test
    void ofManyFirstAccountsAtOnceExactlyOneIsMade() throws Exception {
        try (var database = Database.open("jdbc:sqlite:" + folder.resolve("test.db"), Clock.systemUTC());
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var together = new CyclicBarrier(AT_ONCE);
            var made = new ArrayList<Future<Boolean>>();
            for (int i = 0; i < AT_ONCE; i++) {
                var account = account("admin" + i, true);
                Callable<Boolean> making = () -> {
                    together.await();
                    return database.accounts().addFirst(account, "-");
                };
                made.add(threads.submit(making));
            }
            int winners = 0;
            for (var one : made) {
                winners += one.get() ? 1 : 0;
            }
            assertThat(winners).isEqualTo(1);
            assertThat(database.accounts().list()).hasSize(1);
        }
    }

    @Test
    void theLastAdminCannotBeRemovedAndAnotherOneCan() {
        try (var database = Database.open("jdbc:sqlite:" + folder.resolve("test.db"), Clock.systemUTC())) {
            var accounts = database.accounts();
            assertThat(accounts.add(account("anna", true), "-")).isTrue();
            assertThat(accounts.add(account("anna", false), "-")).isFalse();
            assertThat(accounts.remove("anna")).isFalse();
            accounts.add(account("bert", false), "-");
            assertThat(accounts.remove("anna")).isFalse();
            accounts.add(account("cora", true), "-");
            assertThat(accounts.remove("anna")).isTrue();
            assertThat(accounts.remove("bert")).isTrue();
            assertThat(accounts.remove("cora")).isFalse();
        }
    }
}
