package dev.playcall.boot;

/** There is no gateway where one was expected. */
final class UnreachableException extends RuntimeException {
    private static final long serialVersionUID = 1;

    UnreachableException(String message) {
        super(message);
    }
}
