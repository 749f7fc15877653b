package dev.playcall.cli.client;

import java.io.Console;
import java.util.Optional;

/** Asks for what nobody shall see. */
public final class HiddenInput {
    private HiddenInput() {}

    /** What is typed, none of which is shown; empty when nothing is, and without a terminal, where nobody is asked. */
    public static Optional<String> ask(String question) {
        return Optional.ofNullable(System.console())
                .filter(Console::isTerminal)
                .map(console -> console.readPassword("%s", question))
                .map(typed -> new String(typed).strip())
                .filter(typed -> !typed.isEmpty());
    }
}
