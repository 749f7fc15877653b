package dev.playcall.chat.query;

import dev.playcall.catalog.Catalog;
import dev.playcall.chat.command.CommandParser;
import dev.playcall.chat.message.UntrustedText;
import dev.playcall.command.Caller;
import dev.playcall.domain.rollout.Deployment.DeploymentState;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Where the API has the record of what a reading command shows, for programs. */
public final class RecordAddress {
    private static final String API = "/api/v1/";
    private static final Pattern PART = Pattern.compile("[A-Za-z0-9._-]{1,100}");

    /** Commands that show the same whatever follows, or take nothing. */
    private static final Map<String, String> LISTS = Map.ofEntries(
            Map.entry("status", "environments"),
            Map.entry("env", "environments"),
            Map.entry("env list", "environments"),
            Map.entry("queue", "queue"),
            Map.entry("alerts", "alerts"),
            Map.entry("mutes", "mutes"),
            Map.entry("locks", "locks"),
            Map.entry("nodes", "nodes"),
            Map.entry("deliveries", "deliveries"),
            Map.entry("playbooks", "playbooks"),
            Map.entry("schedule list", "schedules"),
            Map.entry("schedule", "schedules"),
            Map.entry("report list", "reports"),
            Map.entry("report now", "reports/now"),
            Map.entry("whoami", "whoami"),
            Map.entry("notify receivers", "receivers"),
            Map.entry("notify routes", "routes"),
            Map.entry("settings", "settings"),
            Map.entry("galaxy", "galaxy"),
            Map.entry("secret list", "secrets"));

    /** Commands that name one thing, as {@code {}}, after these words. */
    private static final Map<String, String> ONE = Map.ofEntries(
            Map.entry("status", "environments/{}"),
            Map.entry("versions", "environments/{}/versions"),
            Map.entry("env policy", "environments/{}/policy"),
            Map.entry("host registered", "inventory/{}/registered"),
            Map.entry("report now", "reports/now?environment={}"),
            Map.entry("show", "runs/{}"),
            Map.entry("show batch", "batches/{}"),
            Map.entry("show deployment", "deployments/{}"),
            Map.entry("playbook show", "playbooks/{}"),
            Map.entry("deliveries", "deliveries?state={}"),
            Map.entry("delivery", "deliveries/{}"),
            Map.entry("venv show-spec", "venvs/{}"),
            Map.entry("venv list-host", "venvs/hosts/{}"));

    private static final Located NO_RUN = new Located.Refused("which run? For example: logs 412");

    private RecordAddress() {}

    /** What is found for the words of a command. */
    public sealed interface Located {

        /** The path with its query. */
        record At(String path) implements Located {}

        /** They show nothing that is a record, or are wrong. */
        record Refused(String why) implements Located {}
    }

    /** Whether some words after this name of a command show a record. */
    public static boolean isRead(String name) {
        return Set.of("runs", "stats", "compare", "audit", "deployments", "hosts", "inventory", "logs")
                        .contains(name)
                || Stream.concat(LISTS.keySet().stream(), ONE.keySet().stream())
                        .anyMatch(words -> words.split(" ", 2)[0].equals(name));
    }

    /** Of these words, the name of the command first. */
    public static Located of(List<String> words, Caller caller, Catalog catalog, Instant now) {
        var name = words.isEmpty() ? "" : words.getFirst();
        var rest = words.isEmpty() ? words : words.subList(1, words.size());
        return switch (name) {
            case "runs" -> runs(rest, new RunFilter(catalog, caller, now));
            case "stats" -> statistics(rest);
            case "deployments" -> deployments(rest);
            case "logs" -> logs(rest).orElseGet(() -> isRun(rest) ? none(name, rest) : NO_RUN);
            case "hosts" -> hosts("inventory/{}", rest).orElseGet(() -> none(name, rest));
            case "inventory" ->
                Optional.of(rest)
                        .filter(r -> !r.isEmpty() && r.getFirst().equals("show"))
                        .flatMap(r -> hosts("inventory/{}/ansible", r.subList(1, r.size())))
                        .orElseGet(() -> none(name, rest));
            case "audit" -> new Located.At(API + "audit" + query(AuditQueries.parameters(rest, catalog, now)));
            default -> path(name, rest).<Located>map(Located.At::new).orElseGet(() -> none(name, rest));
        };
    }

    private static Located runs(List<String> rest, RunFilter filter) {
        return filter.read(rest)
                .<Located>map(Located.Refused::new)
                .orElseGet(() -> new Located.At(API + "runs" + query(filter.parameters())));
    }

    /** @param rest an environment, then perhaps a limit */
    private static Optional<Located> hosts(String address, List<String> rest) {
        return rest.isEmpty() || !PART.matcher(rest.getFirst()).matches()
                ? Optional.empty()
                : CatalogueQueries.limit(rest.subList(1, rest.size()))
                        .map(l -> l.isEmpty() ? Map.<String, String>of() : Map.of("limit", l))
                        .map(l -> new Located.At(API + address.replace("{}", rest.getFirst()) + query(l)));
    }

    private static boolean isRun(List<String> rest) {
        return !rest.isEmpty() && CommandParser.runId(rest.getFirst()).isPresent();
    }

    /** @param rest a run, then perhaps a host and a number of lines */
    private static Optional<Located> logs(List<String> rest) {
        Map<String, String> parameters = new LinkedHashMap<>(Map.of("tail", Integer.toString(Queries.TAIL)));
        for (int i = 1; i < rest.size(); i++) {
            var pair = rest.get(i).split("=", 2);
            if (!Set.of("--host", "--tail").contains(pair[0]) || (pair.length == 1 && ++i == rest.size())) {
                return Optional.empty();
            }
            parameters.put(pair[0].substring(2), pair.length == 2 ? pair[1] : rest.get(i));
        }
        return rest.stream()
                .limit(1)
                .flatMap(r -> CommandParser.runId(r).stream())
                .<Located>map(run -> new Located.At(API + "runs/" + run.value() + "/log/filter" + query(parameters)))
                .findFirst();
    }

    private static Optional<String> path(String name, List<String> rest) {
        var words = new ArrayList<>(List.of(name));
        rest.forEach(w -> words.add(w.replaceFirst("^#(?=\\d+$)", "")));
        if (name.equals("compare") && words.size() == 3) {
            return numbers(words.get(1), words.get(2));
        }
        return Optional.ofNullable(LISTS.get(String.join(" ", words)))
                .or(() -> one(words))
                .map(p -> API + p);
    }

    private static Optional<String> one(List<String> words) {
        if (words.size() < 2 || !PART.matcher(words.getLast()).matches()) {
            return Optional.empty();
        }
        return Optional.ofNullable(ONE.get(String.join(" ", words.subList(0, words.size() - 1))))
                .map(p -> p.replace("{}", words.getLast()));
    }

    private static Optional<String> numbers(String first, String second) {
        return CommandParser.runId(first)
                .flatMap(
                        a -> CommandParser.runId(second).map(b -> API + "runs/" + a.value() + "/compare/" + b.value()));
    }

    /** A status, then words to look for, as the text takes them. */
    private static Located deployments(List<String> rest) {
        Map<String, String> parameters = new LinkedHashMap<>();
        var state = rest.stream().findFirst().flatMap(DeploymentState::of);
        state.ifPresent(s -> parameters.put("status", s.word()));
        var search = String.join(" ", state.isEmpty() ? rest : rest.subList(1, rest.size()));
        if (!search.isBlank()) {
            parameters.put("search", search);
        }
        return new Located.At(API + "deployments" + query(parameters));
    }

    private static Located statistics(List<String> rest) {
        Map<String, String> parameters = new LinkedHashMap<>();
        for (var word : rest) {
            parameters.put(word.matches("today|\\d+d") ? "period" : "environment", word);
        }
        return new Located.At(API + "stats" + query(parameters));
    }

    private static String query(Map<String, String> parameters) {
        return parameters.isEmpty()
                ? ""
                : parameters.entrySet().stream()
                        .map(e -> e.getKey() + "=" + URLEncoder.encode(e.getValue(), StandardCharsets.UTF_8))
                        .collect(Collectors.joining("&", "?", ""));
    }

    private static Located none(String name, List<String> rest) {
        var line = UntrustedText.line(
                String.join(" ", rest.isEmpty() ? List.of(name) : List.of(name, rest.getFirst())), 60);
        return new Located.Refused("\"" + line + "\" has no JSON or YAML, only its text");
    }
}
