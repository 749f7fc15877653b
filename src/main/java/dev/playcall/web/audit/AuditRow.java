package dev.playcall.web.audit;

/** One line of the audit log. */
record AuditRow(
        String at,
        String person,
        String channel,
        String what,
        String decision,
        String tone,
        String reason,
        String run) {}
