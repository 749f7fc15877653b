package dev.playcall.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.playcall.store.sql.Dialect;
import dev.playcall.store.sql.GroupCommit;
import dev.playcall.store.sql.Transactions;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Many small transactions in one commit. */
class GroupCommitTest {
    private static final int CALLERS = 40;

    @TempDir
    private Path folder;

    private final AtomicInteger commits = new AtomicInteger();
    private com.zaxxer.hikari.HikariDataSource source;
    private Transactions transactions;
    private GroupCommit shared;

    @BeforeEach
    void open() {
        source = Sqlite.of("jdbc:sqlite:" + folder.resolve("c.db")).writer();
        transactions = new Transactions(counting(source), Dialect.SQLITE);
        shared = new GroupCommit(transactions);
        transactions.run(h -> h.execute("create table t (n integer primary key)"));
        commits.set(0);
    }

    @AfterEach
    void close() {
        source.close();
    }

    private DataSource counting(DataSource real) {
        return (DataSource) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {DataSource.class}, (_, method, values) -> {
                    var result = method.invoke(real, values);
                    return result instanceof Connection connection ? counting(connection) : result;
                });
    }

    private Connection counting(Connection real) {
        return (Connection) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Connection.class}, (_, method, values) -> {
                    if (method.getName().equals("commit")) {
                        commits.incrementAndGet();
                    }
                    try {
                        return method.invoke(real, values);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private static int insert(Handle h, int n) {
        h.createUpdate("insert into t (n) values (:n)").bind("n", n).execute();
        return n;
    }

    private List<Integer> rows() {
        return transactions.in(h ->
                h.createQuery("select n from t order by n").mapTo(Integer.class).list());
    }

    /** Everybody comes while the first one is at work, so that all others wait together. */
    private int all(java.util.function.BiFunction<Handle, Integer, Integer> work) throws Exception {
        var begun = new CountDownLatch(1);
        var go = new CountDownLatch(1);
        var waiting = new ConcurrentLinkedQueue<Thread>();
        int failed = 0;
        try (var people = Executors.newVirtualThreadPerTaskExecutor()) {
            var first = people.submit(() -> shared.in(h -> {
                begun.countDown();
                awaits(go);
                return insert(h, 0);
            }));
            begun.await();
            var others = IntStream.range(1, CALLERS)
                    .mapToObj(n -> people.submit(() -> {
                        waiting.add(Thread.currentThread());
                        return shared.in(h -> work.apply(h, n));
                    }))
                    .toList();
            await().until(() -> waiting.size() == CALLERS - 1
                    && waiting.stream().allMatch(t -> t.getState() == Thread.State.WAITING));
            go.countDown();
            first.get();
            for (int i = 0; i < others.size(); i++) {
                try {
                    assertThat(others.get(i).get()).isEqualTo(i + 1);
                } catch (ExecutionException e) {
                    failed++;
                }
            }
        }
        return failed;
    }

    private static void awaits(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void whoComesTogetherSharesACommitAndEachGetsItsOwnAnswer() throws Exception {
        assertThat(all(GroupCommitTest::insert)).isZero();
        assertThat(rows()).hasSize(CALLERS);
        assertThat(commits.get() - 1).as("besides the question above").isEqualTo(2);
    }

    @Test
    void oneThatFailsTakesNobodyAlong() throws Exception {
        var failed = all((h, n) -> {
            insert(h, n);
            if (n % 10 == 7) {
                throw new IllegalStateException("no " + n);
            }
            return n;
        });
        assertThat(failed).isEqualTo(4);
        assertThat(rows()).hasSize(CALLERS - 4).doesNotContain(7, 17, 27, 37);
    }

    @Test
    void aFaultIsToldToWhoCausedIt() {
        assertThatThrownBy(() -> shared.in(h -> h.execute("nonsense"))).hasMessageContaining("nonsense");
        assertThat(shared.<Integer>in(h -> insert(h, 5))).isEqualTo(5);
        assertThat(rows()).containsExactly(5);
    }
}
