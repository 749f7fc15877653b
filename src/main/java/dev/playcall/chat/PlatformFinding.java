package dev.playcall.chat;

/** One line of what an operator is told about a platform; whatever is not well says what has to be done. */
public record PlatformFinding(Level level, String text) {

    /** How it stands. */
    public enum Level {
        OK,
        /** There is nothing to look at. */
        SKIP,
        WARNING,
        ERROR
    }

    public static PlatformFinding ok(String text) {
        return new PlatformFinding(Level.OK, text);
    }

    public static PlatformFinding skip(String text) {
        return new PlatformFinding(Level.SKIP, text);
    }

    public static PlatformFinding warning(String text) {
        return new PlatformFinding(Level.WARNING, text);
    }

    public static PlatformFinding error(String text) {
        return new PlatformFinding(Level.ERROR, text);
    }
}
