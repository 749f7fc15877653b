package dev.playcall.web.start;

import dev.playcall.catalog.inventory.Environment;
import dev.playcall.catalog.selection.HostFacts;
import dev.playcall.catalog.selection.HostPattern;
import dev.playcall.web.start.StartView.Pick;
import dev.playcall.web.start.StartView.Servers;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What can be ticked so that a run is for some servers only: groups first, then servers, found by a part of their name. */
final class HostPicker {
    private static final int NAMED = 30;
    /** So many are listed whole; of more, some and what is looked for. */
    private static final int WHOLE = 400;

    private static final int SOME = 100;

    private final Environment environment;
    private final HostFacts facts;
    private final StartForm form;
    /** With thousands of hosts each of them takes its time. */
    private final Map<String, HostPattern> resolved = new HashMap<>();

    HostPicker(Environment environment, HostFacts facts, StartForm form) {
        this.environment = environment;
        this.facts = facts;
        this.form = form;
    }

    private HostPattern resolve(String pattern) {
        return resolved.computeIfAbsent(pattern, p -> HostPattern.resolve(environment, p, facts));
    }

    Servers view() {
        var limit = form.limit();
        var reach = limit.isEmpty() ? new HostPattern.Hosts(environment.hosts()) : resolve(limit);
        var hosts = reach instanceof HostPattern.Hosts(var found) ? found : List.<String>of();
        var like = found();
        var offered = offered(like);
        return new Servers(
                limit,
                form.find(),
                groups(),
                pattern(like.size()),
                offered,
                (int) Math.max(
                        0,
                        like.size()
                                - offered.stream()
                                        .map(Pick::name)
                                        .filter(Set.copyOf(like)::contains)
                                        .count()),
                environment.hosts().size(),
                hosts.stream().limit(NAMED).toList(),
                hosts.size(),
                reach instanceof HostPattern.Invalid(var message, var nearest)
                        ? message
                                + nearest.map(n -> ", did you mean " + n + "?").orElse("")
                        : "");
    }

    private boolean isLike(String name) {
        return name.toLowerCase(Locale.ROOT).contains(form.find().toLowerCase(Locale.ROOT));
    }

    /** By a part of their name, or by a selector such as {@code tag:web} or {@code status:failed}. */
    private List<String> found() {
        var selected = selected();
        return environment.hosts().stream()
                .filter(h -> selected.map(s -> s.contains(h)).orElseGet(() -> isLike(h)))
                .toList();
    }

    private Optional<Set<String>> selected() {
        return form.find().contains(":") && resolve(form.find()) instanceof HostPattern.Hosts(var hosts)
                ? Optional.of(Set.copyOf(hosts))
                : Optional.empty();
    }

    /** The limit with all that were found in it; empty, which means all, where nothing was looked for. */
    String withFound() {
        if (form.find().isBlank()) {
            return "";
        }
        var like = found();
        var added = pattern(like.size()).map(p -> List.of(p.name())).orElse(like);
        return Stream.concat(form.targets().stream(), added.stream()).distinct().collect(Collectors.joining(","));
    }

    private List<Pick> groups() {
        var chosen = Set.copyOf(form.targets());
        return environment.groups().entrySet().stream()
                .filter(g -> chosen.contains(g.getKey()) || isLike(g.getKey()))
                .map(g -> new Pick(g.getKey(), g.getValue().size(), chosen.contains(g.getKey()), ""))
                .toList();
    }

    /** What is ticked is always there, so that it can be unticked. */
    private List<Pick> offered(List<String> found) {
        var chosen = Set.copyOf(form.targets());
        boolean whole = environment.hosts().size() <= WHOLE;
        var like = found.stream().limit(whole ? WHOLE : SOME);
        var statuses = facts.statuses(environment.name());
        var ticked = environment.hosts().stream().filter(chosen::contains);
        var names = new LinkedHashSet<String>();
        (whole ? Stream.concat(like, ticked) : Stream.concat(ticked, like)).forEach(names::add);
        return names.stream()
                .map(h -> new Pick(h, 1, chosen.contains(h), note(h, statuses)))
                .toList();
    }

    private String note(String host, Map<String, String> statuses) {
        var address = environment.registered(host).flatMap(r -> r.address()).filter(a -> !a.equals(host));
        return Stream.of(address, Optional.ofNullable(statuses.get(host)))
                .flatMap(Optional::stream)
                .collect(Collectors.joining(" · "));
    }

    /** All that were found in one tick. */
    private Optional<Pick> pattern(long found) {
        var pattern = selected().isPresent() ? form.find() : "*" + form.find() + "*";
        return (selected().isPresent() || form.find().matches("[A-Za-z0-9._-]+"))
                        && found > 1
                        && resolve(pattern) instanceof HostPattern.Hosts(var all)
                        && all.size() == found
                ? Optional.of(new Pick(pattern, all.size(), form.targets().contains(pattern), ""))
                : Optional.empty();
    }
}
