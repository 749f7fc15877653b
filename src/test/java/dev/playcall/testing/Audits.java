package dev.playcall.testing;

import dev.playcall.security.audit.AuditLog;
import dev.playcall.security.audit.AuditSignature;
import dev.playcall.store.Database;
import java.nio.file.Path;
import java.time.Clock;

/** The audit log of a test. */
public final class Audits {
    private Audits() {}

    public static AuditLog of(Database database, Path data) {
        return new AuditLog(database.audit(), new AuditSignature(data), text -> text, Clock.systemUTC());
    }
}
