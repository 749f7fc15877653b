package dev.playcall.store.security;

import dev.playcall.security.audit.AuditQuery;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A question to the audit log as SQL. */
final class AuditSearch {
    private final List<String> conditions = new ArrayList<>();
    private final Map<String, Object> values = new LinkedHashMap<>();

    AuditSearch(AuditQuery query) {
        var whole = query.person().filter(p -> p.contains(":"));
        when("person = :person", "person", whole);
        when(
                "substr(person, instr(person, ':') + 1) = :id",
                "id",
                query.person().filter(p -> whole.isEmpty()));
        when("environment = :environment", "environment", query.environment());
        when("(run = :run or subject = '#' || :run)", "run", query.run().map(Object::toString));
        when("deed = :deed", "deed", query.action());
        when("decision = :decision", "decision", query.verdict().map(v -> v.word()));
        when("at >= :start", "start", query.from().map(Instant::toEpochMilli));
        when("at < :finish", "finish", query.to().map(Instant::toEpochMilli));
        when("sequence < :before", "before", query.before());
        if (query.settled()) {
            conditions.add("(decision <> 'asked' or not exists (select 1 from audit answer"
                    + " where answer.wish = cast(audit.sequence as text)))");
        }
    }

    private void when(String condition, String name, Optional<?> value) {
        value.ifPresent(v -> {
            conditions.add(condition);
            values.put(name, v);
        });
    }

    String where() {
        return conditions.isEmpty() ? "" : " where " + String.join(" and ", conditions);
    }

    Map<String, Object> values() {
        return values;
    }
}
