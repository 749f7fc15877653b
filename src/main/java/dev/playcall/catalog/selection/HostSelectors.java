package dev.playcall.catalog.selection;

import dev.playcall.catalog.inventory.Environment;
import dev.playcall.catalog.inventory.RegisteredHost;
import dev.playcall.domain.agent.AgentState;
import dev.playcall.domain.name.Suggestion;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Hosts by what is known of them: {@code tag:web}, {@code id:…}, {@code status:failed}, {@code agent:silent}, {@code failed-in:#412}. */
final class HostSelectors {
    /** The selectors there are. */
    static final String WORDS = "tag:, id:, status:, agent: and failed-in:";

    private static final Pattern SELECTOR = Pattern.compile("(tag|id|status|agent|failed-in):(\\S{1,253})");
    private static final List<String> STATUSES = List.of("ok", "failed", "unreachable", "never");
    private static final List<String> AGENTS = List.of("missing", "silent", "reporting");

    private final Environment environment;
    private final HostFacts facts;

    HostSelectors(Environment environment, HostFacts facts) {
        this.environment = environment;
        this.facts = facts;
    }

    /** Those that can be listed, for somebody who types: tags, statuses and states of agents, without ids, versions and runs. */
    static List<String> offered(Environment environment) {
        var registered = environment.registered().stream()
                .flatMap(h -> h.detail(RegisteredHost.STATUS).stream())
                .sorted();
        return Stream.of(
                        environment.groups().keySet().stream().map(g -> "tag:" + g),
                        Stream.concat(STATUSES.stream(), registered).map(s -> "status:" + s),
                        AGENTS.stream().map(a -> "agent:" + a))
                .flatMap(s -> s)
                .distinct()
                .toList();
    }

    /** What a selector comes to. */
    sealed interface Found {
        record Hosts(Set<String> hosts) implements Found {}

        /** @param nearest what was probably meant */
        record Wrong(String message, Optional<String> nearest) implements Found {}
    }

    /** Whether it is one; a group of the inventory that is called like a selector keeps its meaning. */
    boolean isSelector(String text) {
        var matcher = SELECTOR.matcher(text);
        return matcher.matches() && !environment.groups().containsKey(matcher.group(1));
    }

    Found find(String text) {
        var matcher = SELECTOR.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(text);
        }
        var value = matcher.group(2);
        return switch (matcher.group(1)) {
            case "tag" -> tag(value);
            case "id" -> id(value);
            case "status" -> status(value);
            case "agent" -> agent(value);
            default -> failedIn(value);
        };
    }

    private Found tag(String tag) {
        var groups = environment.groups();
        var hosts = groups.get(tag);
        if (hosts == null) {
            return new Found.Wrong(
                    "no host of " + environment.name() + " has the tag " + tag,
                    Suggestion.of(tag, groups.keySet()).map(t -> "tag:" + t));
        }
        return new Found.Hosts(Set.copyOf(hosts));
    }

    private Found id(String id) {
        var ids = ServerIds.of(environment);
        return ids.host(id)
                .<Found>map(h -> new Found.Hosts(Set.of(h)))
                .orElseGet(() -> new Found.Wrong(
                        "no host of " + environment.name() + " has the server_uuid " + id, Optional.empty()));
    }

    private Found status(String word) {
        if (!STATUSES.contains(word)) {
            return registered(word);
        }
        var known = facts.statuses(environment.name());
        return matching(h -> known.getOrDefault(h, "never").equals(word));
    }

    /** A word that hosts were registered with. */
    private Found registered(String word) {
        var hosts = environment.registered().stream()
                .filter(h ->
                        h.detail(RegisteredHost.STATUS).filter(word::equals).isPresent())
                .map(RegisteredHost::name)
                .collect(Collectors.toSet());
        return hosts.isEmpty()
                ? new Found.Wrong(
                        "status: takes " + String.join(", ", STATUSES) + ", or a status that hosts are registered with",
                        Suggestion.of(word, STATUSES).map(w -> "status:" + w))
                : new Found.Hosts(hosts);
    }

    private Found agent(String word) {
        return matching(host -> switch (facts.agent(environment.name(), host)) {
            case AgentState.Never() -> word.equals("missing");
            case AgentState.Silent(var agent) -> word.equals("silent") || word.equals(agent.version());
            case AgentState.Reporting(var agent) -> word.equals("reporting") || word.equals(agent.version());
        });
    }

    private Found failedIn(String run) {
        var number = run.replaceFirst("^#", "");
        if (!number.matches("[0-9]{1,18}")) {
            return new Found.Wrong("failed-in: takes the number of a run: failed-in:#412", Optional.empty());
        }
        return facts.failedIn(environment.name(), Long.parseLong(number))
                .<Found>map(Found.Hosts::new)
                .orElseGet(() ->
                        new Found.Wrong("there is no run #" + number + " in " + environment.name(), Optional.empty()));
    }

    private Found matching(Predicate<String> which) {
        return new Found.Hosts(environment.hosts().stream().filter(which).collect(Collectors.toSet()));
    }
}
