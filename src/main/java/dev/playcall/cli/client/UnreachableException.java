package dev.playcall.cli.client;

/** There is no gateway where one was expected. */
public final class UnreachableException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public UnreachableException(String message) {
        super(message);
    }
}
