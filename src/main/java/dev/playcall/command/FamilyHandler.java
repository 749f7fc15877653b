package dev.playcall.command;

/**
 * Handles the commands of one family.
 *
 * @param <C> the family
 */
@FunctionalInterface
public interface FamilyHandler<C extends Command> {
    /** What is expected to go wrong is a {@link Reply}; an exception is a fault. */
    Reply handle(C command, Caller caller);
}
