package dev.playcall.store.run;

import dev.playcall.store.stats.DailyStats;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** How many runs there are of which kind, and which numbers a day has: kept, never counted. */
record Facets(Handle h) {

    long count(String kind, List<String> values) {
        return values.isEmpty()
                ? 0
                : h.createQuery("select coalesce(sum(n), 0) from run_facet where kind = :kind and value in (<values>)")
                        .bind("kind", kind)
                        .bindList("values", values)
                        .mapTo(Long.class)
                        .one();
    }

    /** All of them, whatever their value. */
    long all(String kind) {
        return h.createQuery("select coalesce(sum(n), 0) from run_facet where kind = :kind")
                .bind("kind", kind)
                .mapTo(Long.class)
                .one();
    }

    List<String> values(String kind) {
        return h.createQuery("select value from run_facet where kind = :kind and n > 0 order by value")
                .bind("kind", kind)
                .mapTo(String.class)
                .list();
    }

    /** Persons who asked for runs and are called so: in full, {@code U0123} without the platform, or by their name. */
    List<String> people(String called) {
        return h.createQuery("""
            select value from run_facet where kind = 'person' and n > 0 and (value = :called
              or lower(substr(value, instr(value, ':') + 1)) = lower(:called)
              or value in (select person from chat_person where lower(name) = lower(:called)))
            order by n desc limit 20\
            """).bind("called", called).mapTo(String.class).list();
    }

    /** No run with a lower number was asked for at this time or later. */
    long first(Instant from) {
        return h.createQuery("select min(first) from run_day where day >= :day")
                .bind("day", Math.floorDiv(from.toEpochMilli(), DailyStats.DAY))
                .mapTo(Long.class)
                .findOne()
                .orElse(Long.MAX_VALUE);
    }

    /** No run with a higher number was asked for before this time. */
    long last(Instant to) {
        return h.createQuery("select max(last) from run_day where day <= :day")
                .bind("day", Math.floorDiv(to.toEpochMilli(), DailyStats.DAY))
                .mapTo(Long.class)
                .findOne()
                .orElse(0L);
    }
}
