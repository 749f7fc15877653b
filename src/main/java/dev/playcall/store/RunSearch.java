package dev.playcall.store;

import dev.playcall.domain.Run;
import dev.playcall.journal.RunPage;
import dev.playcall.journal.RunQuery;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** A question about runs as SQL; only what was asked becomes a condition, so that an index can answer it. */
final class RunSearch {
    private final RunQuery query;
    private final List<String> conditions = new ArrayList<>();
    private final Map<String, Object> values = new LinkedHashMap<>();

    RunSearch(RunQuery query) {
        this.query = query;
        if (!query.states().isEmpty()) {
            conditions.add("state in (<states>)");
        }
        query.within().ifPresent(e -> conditions.add(e.isEmpty() ? "0 = 1" : "environment in (<within>)"));
        equal("operation", query.operation());
        equal("playbook", query.playbook());
        equal("environment", query.environment());
        equal("requested_by", query.requestedBy());
        when("id in (select run from host_result where host = :host)", "host", query.host());
        when("requested_at >= :start", "start", query.from().map(Instant::toEpochMilli));
        when("requested_at < :end", "end", query.to().map(Instant::toEpochMilli));
        when("id < :before", "before", query.before());
        when(TEXT, "text", query.text().map(RunSearch::pattern));
    }

    private static final String TEXT = """
            (name like :text escape '!' or description like :text escape '!' or playbook like :text escape '!'
              or operation like :text escape '!' or environment like :text escape '!' or reason like :text escape '!'
              or exists (select 1 from host_result x where x.run = run.id
                and (x.message like :text escape '!' or x.failed_task like :text escape '!')))""";

    private void equal(String column, Optional<String> value) {
        when(column + " = :" + column, column, value);
    }

    private void when(String condition, String name, Optional<?> value) {
        value.ifPresent(v -> {
            conditions.add(condition);
            values.put(name, v);
        });
    }

    private static String pattern(String text) {
        return "%" + text.replace("!", "!!").replace("%", "!%").replace("_", "!_") + "%";
    }

    RunPage page(Handle h) {
        var where = conditions.isEmpty() ? "" : " where " + String.join(" and ", conditions);
        var select = h.createQuery("select * from run" + where + " order by id desc limit :limit")
                .bind("limit", query.limit() + 1)
                .bindMap(values);
        if (!query.states().isEmpty()) {
            select.bindList("states", query.states().stream().map(s -> s.word()).toList());
        }
        query.within().filter(e -> !e.isEmpty()).ifPresent(e -> select.bindList("within", List.copyOf(e)));
        var rows = select.map((r, context) -> new Row(r.getLong("id"), Rows.readable(r, context)))
                .list();
        var shown = rows.subList(0, Math.min(rows.size(), query.limit()));
        // The cursor counts rows that cannot be read too, so that a page of them does not look like the end.
        var next = rows.size() > shown.size() ? Optional.of(shown.getLast().id()) : Optional.<Long>empty();
        return new RunPage(shown.stream().flatMap(r -> r.run().stream()).toList(), next);
    }

    private record Row(long id, Optional<Run> run) {}
}
