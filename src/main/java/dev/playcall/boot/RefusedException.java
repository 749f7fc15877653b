package dev.playcall.boot;

/** The command cannot be done as asked; its message is one line for the person at the terminal. */
final class RefusedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    RefusedException(String message) {
        super(message);
    }
}
