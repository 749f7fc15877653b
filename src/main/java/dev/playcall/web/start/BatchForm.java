package dev.playcall.web.start;

import dev.playcall.web.http.Forms;
import dev.playcall.web.http.Params;
import io.javalin.http.Context;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What is in the form that starts a batch, as an address or as a browser sent it.
 *
 * @param start what is started in each environment; its environment is empty
 * @param order every environment of the form, in the order of the batch
 * @param chosen those that it is for
 * @param onFailure {@code stop} or {@code continue}
 * @param reviewed stands for what the last review was about, empty before the first
 */
record BatchForm(StartForm start, List<String> order, Set<String> chosen, String onFailure, String reviewed) {
    private static final String ALL = "all";

    BatchForm {
        order = List.copyOf(order);
        chosen = Set.copyOf(chosen);
    }

    /** @param known the environments that this visitor may see */
    static BatchForm asked(Context ctx, List<String> known) {
        var named = Params.text(ctx, "environments").orElse("");
        var policy = Params.text(ctx, "on_failure").orElse("");
        return of(StartForm.asked(ctx), List.of(named.split(",")), List.of(), policy, "", known);
    }

    static BatchForm sent(Context ctx, List<String> known) {
        var named = Forms.text(ctx, "environments").orElse("");
        var ticked = named.isEmpty() ? Forms.texts(ctx, "in") : List.of(named.split(","));
        return of(
                StartForm.sent(ctx),
                ticked,
                Forms.texts(ctx, "order"),
                Forms.text(ctx, "on_failure").orElse(""),
                Forms.text(ctx, "reviewed").orElse(""),
                known);
    }

    /** In the order of the form, then as they were named, then the others. */
    private static BatchForm of(
            StartForm start,
            List<String> ticked,
            List<String> sorted,
            String onFailure,
            String reviewed,
            List<String> known) {
        var chosen = ticked.equals(List.of(ALL))
                ? known
                : ticked.stream().filter(known::contains).toList();
        var order = new LinkedHashSet<String>();
        sorted.stream().filter(known::contains).forEach(order::add);
        order.addAll(chosen);
        order.addAll(known);
        return new BatchForm(
                start.in(""),
                List.copyOf(order),
                Set.copyOf(chosen),
                onFailure.equals("continue") ? "continue" : "stop",
                reviewed);
    }

    /** Those it is for, in their order. */
    List<String> environments() {
        return order.stream().filter(chosen::contains).toList();
    }

    /** The same for every environment. */
    BatchForm all() {
        return new BatchForm(start, order, Set.copyOf(order), onFailure, reviewed);
    }

    /** The same with this environment one place earlier or later. */
    BatchForm moved(String name, int by) {
        int at = order.indexOf(name);
        int to = Math.clamp(at + (long) by, 0, order.size() - 1);
        if (at < 0 || at == to) {
            return this;
        }
        var moved = new ArrayList<>(order);
        moved.add(to, moved.remove(at));
        return new BatchForm(start, moved, chosen, onFailure, reviewed);
    }

    /** Stands for everything that was written, so that what is started is what was reviewed. */
    String digest() {
        var parts = Stream.of(
                environments(),
                onFailure,
                start.operation(),
                start.playbook(),
                start.limit(),
                start.tags(),
                start.check(),
                start.given(),
                start.name(),
                start.why());
        return Integer.toHexString(Objects.hash(parts.toArray()));
    }
}
