package dev.playcall.security.audit;

import java.util.Locale;

/** The decision or the result that an audit entry records. */
public enum AuditVerdict {
    /** Somebody wanted it; an entry behind this one says what came of it. */
    ASKED,
    DONE,
    REFUSED,
    /** It broke; nobody knows how much of it was done. */
    FAILED;

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
