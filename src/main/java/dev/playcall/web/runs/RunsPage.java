package dev.playcall.web.runs;

import dev.playcall.catalog.Catalogs;
import dev.playcall.domain.RunState;
import dev.playcall.domain.name.Person;
import dev.playcall.journal.EventStore.RunPage;
import dev.playcall.journal.RunJournal;
import dev.playcall.web.http.Params;
import dev.playcall.web.http.ProblemException;
import dev.playcall.web.pages.Chip;
import dev.playcall.web.security.RequestAuth;
import io.javalin.http.Context;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Puts the list of runs together. */
final class RunsPage {
    private final Catalogs catalogs;
    private final RunJournal journal;
    private final RequestAuth requestAuth;
    private final Instant now;

    RunsPage(Catalogs catalogs, RunJournal journal, RequestAuth requestAuth, Instant now) {
        this.catalogs = catalogs;
        this.journal = journal;
        this.requestAuth = requestAuth;
        this.now = now;
    }

    /** A wrong filter is told on the page, over an empty list, where it can be put right. */
    public RunsView view(Context ctx) {
        var filter = new TreeMap<String, String>();
        ctx.queryParamMap()
                .forEach((name, values) ->
                        values.stream().filter(v -> !v.isBlank()).findFirst().ifPresent(v -> filter.put(name, v)));
        try {
            return view(ctx, journal.read().list(requestAuth.narrowed(ctx, Params.query(ctx))), filter, "");
        } catch (ProblemException e) {
            return view(ctx, new RunPage(List.of(), Optional.empty()), filter, e.detail());
        }
    }

    private RunsView view(Context ctx, RunPage page, Map<String, String> filter, String wrong) {
        var rows = new RunRows(journal.read(), now);
        var catalog = catalogs.current();
        var visible = requestAuth.visibleEnvironments(ctx);
        return new RunsView(
                page.runs().stream().map(rows::row).toList(),
                chips(filter, requestAuth.caller(ctx, Optional.empty()).person()),
                filter,
                Arrays.stream(RunState.values()).map(RunState::word).toList(),
                catalog.environments().keySet().stream()
                        .filter(visible::sees)
                        .map(Object::toString)
                        .toList(),
                catalog.operations().keySet().stream().map(Object::toString).toList(),
                page.next().map(n -> address(filter, Long.toString(n))).orElse(""),
                filter.containsKey("cursor") ? address(filter, "") : "",
                wrong.isEmpty() ? export(filter, "csv") : "",
                wrong.isEmpty() ? export(filter, "json") : "",
                wrong);
    }

    private static List<Chip> chips(Map<String, String> filter, Person person) {
        var bad = word(RunState::isBad);
        var open = word(s -> !s.isFinal());
        return Stream.of(
                        chip(filter, "Failed", "status", bad),
                        chip(filter, "Not finished", "status", open),
                        chip(filter, "Today", "from", "today"),
                        chip(filter, "Mine", "requested_by", person.value()))
                .toList();
    }

    private static String word(Predicate<RunState> which) {
        return Arrays.stream(RunState.values())
                .filter(which)
                .map(RunState::word)
                .collect(Collectors.joining(","));
    }

    private static Chip chip(Map<String, String> filter, String label, String name, String value) {
        var all = new TreeMap<>(filter);
        boolean on = value.equals(all.get(name));
        all.keySet().removeAll(Set.of("cursor", "page", name));
        if (!on) {
            all.put(name, value);
        }
        return new Chip(label, "/runs" + (all.isEmpty() ? "" : "?" + query(all)), on);
    }

    private static String address(Map<String, String> filter, String cursor) {
        var all = new TreeMap<>(filter);
        all.remove("page");
        all.put("cursor", cursor);
        return "/runs?" + query(all);
    }

    /** All that are like these, not only those of this page. */
    private static String export(Map<String, String> filter, String format) {
        var all = new TreeMap<>(filter);
        all.keySet().removeAll(Set.of("cursor", "limit", "page", "per_page", "fields"));
        all.put("format", format);
        return "/api/v1/runs/export?" + query(all);
    }

    private static String query(Map<String, String> fields) {
        return fields.entrySet().stream()
                .filter(e -> !e.getValue().isEmpty())
                .map(e -> URLEncoder.encode(e.getKey(), StandardCharsets.UTF_8) + "="
                        + URLEncoder.encode(e.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }
}
