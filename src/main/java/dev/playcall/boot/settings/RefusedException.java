package dev.playcall.boot.settings;

/** The command cannot be done as asked; its message is one line for the person at the terminal. */
public final class RefusedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public RefusedException(String message) {
        super(message);
    }
}
