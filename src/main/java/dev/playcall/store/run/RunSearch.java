package dev.playcall.store.run;

import dev.playcall.domain.RunType;
import dev.playcall.domain.name.Operation;
import dev.playcall.journal.EventStore.RunPage;
import dev.playcall.journal.RunQuery;
import dev.playcall.store.sql.Dialect;
import dev.playcall.store.sql.RunRowMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/**
 * A question about runs as SQL. Of its filters the one that fits fewest runs is looked up in an index that is in the
 * order of the numbers, once for each of its values; the others are asked of what is found there. So a page costs the
 * same wherever it is, and no question reads the table from one end to the other.
 */
final class RunSearch {
    /** More lookups than this for one page cost more than they save. */
    private static final int MOST_ARMS = 48;

    /** More than this is not counted for somebody who waits. */
    private static final long MOST_COUNTED = 10_000;

    private final Handle h;
    private final RunQuery query;
    private final Facets facets;
    private final List<String> conditions = new ArrayList<>();
    private final Map<String, Object> values = new TreeMap<>();

    public RunSearch(Handle h, RunQuery query) {
        this.h = h;
        this.query = query;
        this.facets = new Facets(h);
    }

    /** At one moment: the index names its parts, and one of them could go before it is read. */
    public RunPage page() {
        return h.inTransaction(_ -> asked());
    }

    /** How many there are in all; empty when that is more than somebody who waits can be told. */
    public OptionalLong total() {
        return h.inTransaction(_ -> {
            var kept = kept();
            if (kept.isPresent()) {
                return kept;
            }
            long all = 0;
            for (var arms : groups()) {
                all += count(arms, MOST_COUNTED + 1 - all);
                if (all > MOST_COUNTED) {
                    return OptionalLong.empty();
                }
            }
            return OptionalLong.of(all);
        });
    }

    /** What is counted anyway: all runs, and those of one operation, playbook or environment. */
    private OptionalLong kept() {
        boolean more = query.host().isPresent()
                || query.text().isPresent()
                || query.from().isPresent()
                || query.to().isPresent()
                || query.before().isPresent()
                || query.requestedBy().isPresent()
                || query.type().filter(t -> t == RunType.PLAYBOOK).isPresent()
                || !query.states().isEmpty();
        var operations = operations();
        var playbooks = query.playbook().map(List::of);
        var environments = environments();
        long filters = Stream.of(operations, playbooks, environments)
                .filter(Optional::isPresent)
                .count();
        if (more || filters > 1) {
            return OptionalLong.empty();
        }
        return OptionalLong.of(operations
                .map(o -> facets.count("operation", o))
                .or(() -> playbooks.map(p -> facets.count("playbook", p)))
                .or(() -> environments.map(e -> facets.count("environment", e)))
                .orElseGet(() -> facets.all("operation")));
    }

    /** The newest first: so many of each are left out as were asked for, then read until the page is full. */
    private RunPage asked() {
        int most = query.limit() + 1;
        long skip = query.skip();
        var rows = new ArrayList<Row>();
        for (var arms : groups()) {
            long there = skip == 0 ? 0 : count(arms, skip + 1);
            if (skip > 0 && there <= skip) {
                skip -= there;
            } else if (rows.size() < most) {
                rows.addAll(read(arms, most - rows.size(), skip));
                skip = 0;
            }
        }
        return page(rows);
    }

    /** Statements that each give numbers of runs, newest first; every run of a group is newer than those of the next. */
    private List<List<String>> groups() {
        var text = query.text().flatMap(t -> TextIndex.question(t, Dialect.of(h)));
        var people = query.requestedBy().map(facets::people);
        if ((query.text().isPresent() && text.isEmpty())
                || people.filter(List::isEmpty).isPresent()
                || operations().filter(List::isEmpty).isPresent()
                || query.within().filter(java.util.Set::isEmpty).isPresent()) {
            return List.of();
        }
        times();
        query.before().ifPresent(b -> when("run.id < :before", "before", b));
        if (text.isPresent()) {
            return found(text.get(), people);
        }
        var arms = query.host().map(host -> List.of(host(host, people))).orElseGet(() -> indexed(people));
        return arms.isEmpty() ? List.of() : List.of(arms);
    }

    /** A day knows its first and last number, which bounds the look into every index. */
    private void times() {
        query.from().ifPresent(from -> {
            when("run.requested_at >= :start", "start", from.toEpochMilli());
            when("run.id >= :first", "first", facets.first(from));
        });
        query.to().ifPresent(to -> {
            when("run.requested_at < :end", "end", to.toEpochMilli());
            when("run.id <= :last", "last", facets.last(to));
        });
    }

    private void when(String condition, String name, Object value) {
        conditions.add(condition);
        values.put(name, value);
    }

    /** The parts of the index of words one after the other, newest first. */
    private List<List<String>> found(String question, Optional<List<String>> people) {
        long first = (long) values.getOrDefault("first", 0L);
        long last = Math.min(query.before().orElse(Long.MAX_VALUE), (long) values.getOrDefault("last", Long.MAX_VALUE));
        when(TextIndex.condition(Dialect.of(h)), "text", question);
        query.host()
                .ifPresent(host -> when(
                        "exists (select 1 from host_result x where x.run = run.id and x.host = :host)", "host", host));
        query.before().ifPresent(_ -> conditions.add("t.rowid < :before"));
        query.from().ifPresent(_ -> conditions.add("t.rowid >= :first"));
        query.to().ifPresent(_ -> conditions.add("t.rowid <= :last"));
        all(people, "");
        return TextParts.within(h, first, last).stream()
                .map(part -> List.of(text(part)))
                .toList();
    }

    private String text(TextParts.Part part) {
        return "select run.id from " + part.name() + " t cross join run on run.id = t.rowid where " + where()
                + " order by t.rowid desc limit :limit";
    }

    private String host(String host, Optional<List<String>> people) {
        when("x.host = :host", "host", host);
        query.before().ifPresent(_ -> conditions.add("x.run < :before"));
        query.from().ifPresent(_ -> conditions.add("x.run >= :first"));
        query.to().ifPresent(_ -> conditions.add("x.run <= :last"));
        all(people, "");
        return "select run.id from host_result x indexed by host_result_by_host cross join run on run.id = x.run where "
                + where() + " order by x.run desc limit :limit";
    }

    private String where() {
        return String.join(" and ", conditions);
    }

    /** Every filter but the one of this column. The plus keeps the database from choosing another index. */
    private void all(Optional<List<String>> people, String but) {
        in("operation", operations(), but);
        if (query.type().filter(t -> t == RunType.PLAYBOOK).isPresent()) {
            conditions.add("+run.operation not in ('" + Operation.VALIDATE + "', '" + Operation.ADHOC + "')");
        }
        in("playbook", query.playbook().map(List::of), but);
        in("environment", environments(), but);
        in("requested_by", people, but);
        in("state", states(), but);
    }

    private void in(String column, Optional<List<String>> wanted, String but) {
        if (wanted.isEmpty() || but.contains(column)) {
            return;
        }
        var names = new ArrayList<String>();
        for (var value : wanted.get()) {
            var name = column + "_" + names.size();
            values.put(name, value);
            names.add(":" + name);
        }
        conditions.add("+run." + column + " in (" + String.join(", ", names) + ")");
    }

    private Optional<List<String>> states() {
        return query.states().isEmpty()
                ? Optional.empty()
                : Optional.of(
                        query.states().stream().map(s -> s.word()).sorted().toList());
    }

    /** None when a type is asked for that this operation does not have. */
    private Optional<List<String>> operations() {
        var only = query.type().flatMap(RunSearch::only).map(Operation::value);
        return only.isEmpty()
                ? query.operation().map(List::of)
                : Optional.of(
                        query.operation().filter(o -> !o.equals(only.get())).isPresent()
                                ? List.of()
                                : List.of(only.get()));
    }

    /** The one operation whose runs are of this type; empty when there are several. */
    private static Optional<Operation> only(RunType type) {
        return switch (type) {
            case PLAYBOOK -> Optional.empty();
            case ADHOC -> Optional.of(Operation.ADHOC);
            case VALIDATE -> Optional.of(Operation.VALIDATE);
        };
    }

    private Optional<List<String>> environments() {
        var within = query.within().map(w -> w.stream().sorted().toList());
        return query.environment()
                .map(e -> within.filter(w -> !w.contains(e)).isPresent() ? List.<String>of() : List.of(e))
                .or(() -> within);
    }

    /** The filter with the fewest runs, and the values it may have. */
    private record Driver(String column, String index, List<String> values, long runs) {}

    private List<String> indexed(Optional<List<String>> people) {
        var driver = Stream.of(
                        driver("environment", "environment", "environment", environments()),
                        driver("operation", "operation", "operation", operations()),
                        driver(
                                "playbook",
                                "playbook",
                                "playbook",
                                query.playbook().map(List::of)),
                        driver("person", "requested_by", "person", people))
                .flatMap(Optional::stream)
                .min(java.util.Comparator.comparingLong(Driver::runs));
        return driver.map(d -> arms(d, people)).orElseGet(() -> unfiltered(people));
    }

    private Optional<Driver> driver(String kind, String column, String index, Optional<List<String>> wanted) {
        return wanted.filter(w -> w.size() <= MOST_ARMS)
                .map(w -> new Driver(column, "run_by_" + index, w, facets.count(kind, w)));
    }

    private List<String> arms(Driver driver, Optional<List<String>> people) {
        var states = states().filter(s -> s.size() * driver.values().size() <= MOST_ARMS);
        all(people, driver.column() + (states.isPresent() ? " state" : ""));
        var arms = new ArrayList<String>();
        for (int d = 0; d < driver.values().size(); d++) {
            values.put("driver_" + d, driver.values().get(d));
            var equal = "run." + driver.column() + " = :driver_" + d;
            if (states.isEmpty()) {
                arms.add(arm(driver.index(), equal));
            }
            for (int s = 0; s < states.map(List::size).orElse(0); s++) {
                values.put("of_" + s, states.get().get(s));
                arms.add(arm(driver.index() + "_state", equal + " and run.state = :of_" + s));
            }
        }
        return arms;
    }

    private List<String> unfiltered(Optional<List<String>> people) {
        var states = states();
        all(people, states.isPresent() ? "state" : "");
        if (states.isEmpty()) {
            return List.of(arm("", "1 = 1"));
        }
        var arms = new ArrayList<String>();
        for (int s = 0; s < states.get().size(); s++) {
            values.put("of_" + s, states.get().get(s));
            arms.add(arm("run_by_state", "run.state = :of_" + s));
        }
        return arms;
    }

    private String arm(String index, String equal) {
        var by = index.isEmpty() ? "" : " indexed by " + index;
        return "select run.id from run" + by + " where "
                + Stream.concat(Stream.of(equal), conditions.stream()).collect(Collectors.joining(" and "))
                + " order by run.id desc limit :limit";
    }

    /** The statement, for the test that looks at its plan. */
    static String statement(List<String> arms) {
        return "select * from run where id in (" + numbers(arms) + ") order by id desc limit :page offset :skip";
    }

    private static String numbers(List<String> arms) {
        return arms.stream().map(a -> "select id from (" + a + ") arm").collect(Collectors.joining(" union all "));
    }

    /** How many there are, at most so many of each arm. */
    private long count(List<String> arms, long most) {
        return h.createQuery("select count(*) from (" + numbers(arms) + ") found")
                .bind("limit", most)
                .bindMap(values)
                .mapTo(Long.class)
                .one();
    }

    private List<Row> read(List<String> arms, int most, long skip) {
        return h.createQuery(statement(arms))
                .bind("limit", skip + most)
                .bind("page", most)
                .bind("skip", skip)
                .bindMap(values)
                .map((r, context) -> new Row(r.getLong("id"), RunRowMapper.readable(r, context)))
                .list();
    }

    private RunPage page(List<Row> rows) {
        var shown = rows.subList(0, Math.min(rows.size(), query.limit()));
        // The cursor counts rows that cannot be read too, so that a page of them does not look like the end.
        var next = rows.size() > shown.size() ? Optional.of(shown.getLast().id()) : Optional.<Long>empty();
        return new RunPage(shown.stream().flatMap(r -> r.run().stream()).toList(), next);
    }

    private record Row(long id, Optional<dev.playcall.domain.Run> run) {}
}
