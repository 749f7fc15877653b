package dev.playcall.chat;

/** One line of what an operator is told about a platform; whatever is not well says what has to be done. */
public record Finding(Level level, String text) {

    /** How it stands. */
    public enum Level {
        OK,
        WARNING,
        ERROR
    }

    public static Finding ok(String text) {
        return new Finding(Level.OK, text);
    }

    public static Finding warning(String text) {
        return new Finding(Level.WARNING, text);
    }

    public static Finding error(String text) {
        return new Finding(Level.ERROR, text);
    }
}
