package dev.playcall.venv;

import java.util.function.BooleanSupplier;

/** Whoever waits for an environment. */
@FunctionalInterface
public interface BuildWatch extends BooleanSupplier {
    /** One line that says which step begins, such as {@code pip}. */
    default void doing(String step) {}

    /** Whether nobody waits any more. */
    @Override
    boolean getAsBoolean();
}
