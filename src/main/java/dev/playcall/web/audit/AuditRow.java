package dev.playcall.web.audit;

/**
 * One line of the audit log.
 *
 * @param id who it was, {@code slack:U0123}, as the filter takes it
 * @param person the same as people read it
 */
record AuditRow(
        String at,
        String id,
        String person,
        String channel,
        String what,
        String decision,
        String tone,
        String reason,
        String run) {}
