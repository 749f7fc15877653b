package dev.playcall.store.sql;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/**
 * Transactions that write. Code that knows nothing but a {@link DataSource}, the scheduler, takes part in the one that
 * is open on its thread: so a run and its wake-up are either both there or both not.
 */
public final class Transactions {
    private static final Set<String> OWNERS_ALONE =
            Set.of("close", "commit", "rollback", "setAutoCommit", "setReadOnly", "setTransactionIsolation", "abort");

    private final Jdbi writer;
    private final DataSource source;
    private final Dialect dialect;
    private final StatementCache statements = new StatementCache();
    private final ScopedValue<Connection> open = ScopedValue.newInstance();

    public Transactions(DataSource source, Dialect dialect) {
        this.writer = NamedParameters.over(source, dialect);
        writer.setStatementBuilderFactory(_ -> statements);
        this.source = source;
        this.dialect = dialect;
    }

    public <R> R in(Function<Handle, R> work) {
        if (open.isBound()) {
            throw new IllegalStateException("a transaction is open on this thread already");
        }
        return writer.inTransaction(
                h -> ScopedValue.where(open, h.getConnection()).call(() -> whole(work, h)));
    }

    private <R> R whole(Function<Handle, R> work, Handle h) {
        boolean done = false;
        try {
            dialect.lock(h);
            var result = work.apply(h);
            done = true;
            return result;
        } finally {
            if (!done) {
                statements.clear();
            }
        }
    }

    public void run(Consumer<Handle> work) {
        in(h -> {
            work.accept(h);
            return true;
        });
    }

    /** Hands out the connection of the transaction that is open on the calling thread, a fresh one where none is. */
    public DataSource joining() {
        return proxy(DataSource.class, (method, arguments) -> {
            boolean joins = method.getName().equals("getConnection") && open.isBound();
            return joins ? guest(open.get()) : invoke(source, method, arguments);
        });
    }

    /** A guest neither ends the transaction nor gives its connection away. */
    private static Connection guest(Connection connection) {
        return proxy(
                Connection.class,
                (method, arguments) ->
                        OWNERS_ALONE.contains(method.getName()) ? null : invoke(connection, method, arguments));
    }

    private interface Call {
        @Nullable
        Object on(Method method, Object @Nullable [] arguments) throws SQLException;
    }

    private static <T> T proxy(Class<T> type, Call call) {
        var loader = Objects.requireNonNull(Transactions.class.getClassLoader());
        return type.cast(Proxy.newProxyInstance(
                loader, new Class<?>[] {type}, (_, method, arguments) -> call.on(method, arguments)));
    }

    private static @Nullable Object invoke(Object target, Method method, Object @Nullable [] arguments)
            throws SQLException {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof SQLException fault) {
                throw fault;
            }
            throw new IllegalStateException(e.getCause());
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }
}
