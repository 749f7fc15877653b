package dev.playcall.web.http;

import dev.playcall.config.binding.LocalTimes;
import dev.playcall.domain.RunState;
import dev.playcall.domain.RunType;
import dev.playcall.domain.name.PlaybookName;
import dev.playcall.domain.name.RunId;
import dev.playcall.journal.RunQuery;
import io.javalin.http.Context;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Parameters of a request; a wrong one is named. */
public final class Params {
    /** Of as many digits as every number has. */
    private static final long LARGEST = 999_999_999_999_999_999L;

    private static final Set<String> LIST = Set.of(
            "status",
            "operation",
            "playbook",
            "environment",
            "host",
            "requested_by",
            "from",
            "to",
            "q",
            "type",
            "limit",
            "cursor",
            "page",
            "per_page",
            "fields");
    /** What says which part of a list is wanted, and what of it. */
    private static final Set<String> PARTS = Set.of("limit", "cursor", "page", "per_page", "fields");

    private static final int MOST = 500;

    private Params() {}

    public static RunId run(Context ctx) {
        return run(ctx, "id");
    }

    /** Whether this is the number of a run, a batch or a schedule. */
    public static boolean isNumber(String text) {
        return text.matches("[1-9]\\d{0,15}");
    }

    public static RunId run(Context ctx, String name) {
        return new RunId(id(ctx, name, "a run ID is a number, as in /api/v1/runs/412"));
    }

    /** The number of a batch. */
    public static long batch(Context ctx) {
        return id(ctx, "id", "a batch ID is a number, as in /api/v1/batches/3");
    }

    /** The number of a schedule. */
    public static long schedule(Context ctx) {
        return id(ctx, "id", "a schedule ID is a number, as in /schedules/3");
    }

    /** The number of a deployment. */
    public static long deployment(Context ctx) {
        return id(ctx, "id", "a deployment ID is a number, as in /api/v1/deployments/3");
    }

    private static long id(Context ctx, String name, String otherwise) {
        var text = ctx.pathParam(name);
        if (!isNumber(text)) {
            throw ProblemException.badRequest(name, otherwise);
        }
        return Long.parseLong(text);
    }

    public static long number(Context ctx, String name, long otherwise, long least, long most) {
        var text = ctx.queryParam(name);
        if (text == null || text.isBlank()) {
            return otherwise;
        }
        long value = text.matches("\\d{1,18}") ? Long.parseLong(text) : -1;
        if (value < least || value > most) {
            throw ProblemException.badRequest(
                    name, name + " is a number from " + least + " to " + Math.min(most, LARGEST));
        }
        return value;
    }

    /** The filters of an export, which has no pages. */
    public static RunQuery export(Context ctx, Instant now) {
        var known = new java.util.HashSet<>(LIST);
        known.removeAll(PARTS);
        known.add("format");
        refuseUnknown(ctx, known);
        return filters(ctx, now);
    }

    public static RunQuery query(Context ctx) {
        refuseUnknown(ctx, LIST);
        return paged(ctx, filters(ctx, Instant.now()));
    }

    /** Whether a page is asked for by its number, which wants to know how many there are. */
    public static boolean isPaged(Context ctx) {
        return text(ctx, "page").isPresent() || text(ctx, "per_page").isPresent();
    }

    private static RunQuery paged(Context ctx, RunQuery query) {
        if (!isPaged(ctx)) {
            return query;
        }
        refuseBoth(ctx, "limit", "per_page");
        refuseBoth(ctx, "cursor", "page");
        int size = (int) number(ctx, "per_page", query.limit(), 1, MOST);
        long page = number(ctx, "page", 1, 1, Integer.MAX_VALUE);
        if ((page - 1) * size > RunQuery.MOST_SKIPPED) {
            throw ProblemException.badRequest(
                    "page",
                    "pages reach back " + RunQuery.MOST_SKIPPED + " runs; use next_cursor, from and to for older ones");
        }
        return query.pages(size).skip((int) (page - 1) * size);
    }

    private static void refuseBoth(Context ctx, String one, String other) {
        if (text(ctx, one).isPresent() && text(ctx, other).isPresent()) {
            throw ProblemException.badRequest(one, "either " + one + " or " + other + ", not both");
        }
    }

    private static RunQuery filters(Context ctx, Instant now) {
        var cursor = number(ctx, "cursor", 0, 0, Long.MAX_VALUE);
        var query = RunQuery.newest((int) number(ctx, "limit", 50, 1, MOST))
                .states(states(ctx))
                .operation(text(ctx, "operation"))
                .type(type(ctx))
                .playbook(text(ctx, "playbook").map(PlaybookName::withoutEnding))
                .environment(text(ctx, "environment"))
                .host(text(ctx, "host"))
                .requestedBy(text(ctx, "requested_by"))
                .between(moment(ctx, "from", now), moment(ctx, "to", now))
                .text(text(ctx, "q"));
        return cursor == 0 ? query : query.before(cursor);
    }

    public static void refuseUnknown(Context ctx, Set<String> known) {
        for (var name : ctx.queryParamMap().keySet()) {
            if (!known.contains(name)) {
                throw ProblemException.badRequest(
                        name,
                        "there is no parameter " + name
                                + (known.isEmpty()
                                        ? " here"
                                        : "; there are "
                                                + known.stream().sorted().collect(Collectors.joining(", "))));
            }
        }
    }

    private static Set<RunState> states(Context ctx) {
        var states = new LinkedHashSet<RunState>();
        for (var word : text(ctx, "status").map(s -> List.of(s.split(",", -1))).orElse(List.of())) {
            states.add(RunState.of(word)
                    .orElseThrow(() -> ProblemException.badRequest(
                            "status",
                            "\"" + word + "\" is not a state of a run (queued, running, succeeded, failed, …)")));
        }
        return states;
    }

    private static Optional<RunType> type(Context ctx) {
        return text(ctx, "type")
                .map(t -> RunType.of(t)
                        .orElseThrow(() -> ProblemException.badRequest(
                                "type",
                                "\"" + t + "\" is not a type of run; there are "
                                        + Arrays.stream(RunType.values())
                                                .map(RunType::word)
                                                .collect(Collectors.joining(", ")))));
    }

    /** The number of something, as in {@code cursor}. */
    public static Optional<Long> id(Context ctx, String name) {
        var text = text(ctx, name);
        if (text.filter(t -> !t.matches("\\d{1,18}")).isPresent()) {
            throw ProblemException.badRequest(name, "\"" + text.get() + "\" is not a number");
        }
        return text.map(Long::valueOf);
    }

    public static Optional<String> text(Context ctx, String name) {
        return Optional.ofNullable(ctx.queryParam(name)).map(String::strip).filter(t -> !t.isEmpty());
    }

    /** A time as people write it; {@code 7d} is so long before {@code now}. */
    public static Optional<Instant> moment(Context ctx, String name, Instant now) {
        return text(ctx, name)
                .map(t -> LocalTimes.of(t, now)
                        .orElseThrow(() -> ProblemException.badRequest(
                                name, "\"" + t + "\" is not a time (2026-01-31T09:30:00Z, or 7d for 7 days ago)")));
    }
}
