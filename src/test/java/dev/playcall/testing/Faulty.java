package dev.playcall.testing;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;

/** A part that does as the real one, except for what is made to fail. */
public final class Faulty {
    private Faulty() {}

    /** Called before each call; what it throws is what the caller gets. */
    @FunctionalInterface
    public interface Fault {
        void before(String method, Object[] values);
    }

    @SuppressWarnings("unchecked")
    public static <T> T of(Class<T> type, T real, Fault fault) {
        return (T) Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (_, method, values) -> {
            var given = values == null ? new Object[0] : values;
            fault.before(method.getName(), given);
            try {
                return method.invoke(real, given);
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        });
    }
}
