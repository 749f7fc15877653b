package dev.playcall.security.audit;

/** Something could not be recorded; what was to be recorded must not be done. */
public final class AuditException extends RuntimeException {
    private static final long serialVersionUID = 1;

    AuditException(String message, Throwable cause) {
        super(message, cause);
    }

    AuditException(String message) {
        super(message);
    }
}
