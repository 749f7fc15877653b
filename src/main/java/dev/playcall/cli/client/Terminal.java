package dev.playcall.cli.client;

import java.io.Console;
import java.util.Optional;

/** What the terminal can do. A pipe has no cursor to move: there things are only ever added. */
public record Terminal(int width, boolean colour, boolean live) {

    public static Terminal current() {
        boolean terminal = Optional.ofNullable(System.console())
                .filter(Console::isTerminal)
                .isPresent();
        var env = System.getenv();
        boolean dumb = env.getOrDefault("TERM", "dumb").equals("dumb");
        boolean colour = terminal && !dumb && env.getOrDefault("NO_COLOR", "").isEmpty();
        return new Terminal(width(env.getOrDefault("COLUMNS", "")), colour, terminal && !dumb);
    }

    private static int width(String columns) {
        return columns.matches("\\d{2,4}") ? Math.clamp(Integer.parseInt(columns), 40, 200) : 100;
    }
}
