package dev.playcall.chat.conversation;

import dev.playcall.catalog.Catalog;
import dev.playcall.catalog.inventory.Environment;
import dev.playcall.catalog.selection.HostPattern;
import dev.playcall.chat.card.VersionQueries;
import dev.playcall.chat.command.CommandCatalogue;
import dev.playcall.chat.command.CommandOption;
import dev.playcall.chat.message.Choice;
import dev.playcall.chat.query.Queries.QuerySources;
import dev.playcall.command.Caller;
import dev.playcall.command.Rights;
import dev.playcall.domain.Run;
import dev.playcall.domain.RunState;
import dev.playcall.domain.name.EnvironmentName;
import dev.playcall.domain.name.Operation;
import dev.playcall.domain.name.PlaybookName;
import dev.playcall.journal.RunQuery;
import dev.playcall.security.access.Permission;
import dev.playcall.security.access.VisibleEnvironments;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Offers what may stand in an option while somebody types it. */
final class Completion {
    private static final int MOST = 25;
    private static final int LOOKED_AT = 200;
    /** So many of a person's last runs say what they are likely to want again. */
    private static final int REMEMBERED = 30;
    /** A longer value fits in no menu. */
    private static final int LONGEST = 100;

    private final QuerySources sources;
    private final Rights rights;
    private final InstantSource clock;

    Completion(QuerySources sources, Rights rights, InstantSource clock) {
        this.sources = sources;
        this.rights = rights;
        this.clock = clock;
    }

    /**
     * What fits, the best first.
     *
     * @param others the options that are filled in already, by name
     */
    List<Choice> of(Caller caller, String command, String option, Map<String, String> others, String typed) {
        var catalog = sources.catalogs().current();
        var found = CommandCatalogue.find(catalog, command).flatMap(e -> e.option(option));
        if (found.isEmpty() || rights.anywhere(caller, Permission.VIEW).isPresent()) {
            return List.of();
        }
        int start = start(found.get().type(), typed);
        var before = typed.substring(0, start);
        var part = typed.substring(start).strip().toLowerCase(Locale.ROOT);
        var used = new HashSet<String>();
        return candidates(found.get(), field(caller, catalog, command, others), part)
                .filter(c -> rank(c, part) < 3)
                .sorted(Comparator.comparingInt(c -> rank(c, part)))
                .filter(c -> c.value().length() <= LONGEST && used.add(c.value()))
                .limit(MOST)
                .map(c -> before.isEmpty() ? c : Choice.of(before + c.value()))
                .toList();
    }

    /** Where the last of several values begins: {@code tag:web&!db-1} has db-1 as its last. */
    private static int start(CommandOption.Type type, String typed) {
        boolean hosts = type == CommandOption.Type.HOSTS;
        if (!hosts && type != CommandOption.Type.ENVIRONMENTS) {
            return 0;
        }
        int comma = typed.lastIndexOf(',') + 1;
        int start = hosts ? Math.max(comma, typed.lastIndexOf('&') + 1) : comma;
        return hosts && typed.startsWith("!", start) ? start + 1 : start;
    }

    private static int rank(Choice choice, String part) {
        var value = choice.value().toLowerCase(Locale.ROOT);
        if (value.startsWith(part)) {
            return 0;
        }
        return value.contains(part)
                ? 1
                : choice.label().toLowerCase(Locale.ROOT).contains(part) ? 2 : 3;
    }

    private Field field(Caller caller, Catalog catalog, String command, Map<String, String> others) {
        var visible = rights.visibleEnvironments(caller);
        var query = RunQuery.by(caller.person().toString(), REMEMBERED);
        var seen = query.within(visible.narrowed(catalog.environments().keySet()));
        return new Field(catalog, visible, command, others, new RecentUse(list(seen)));
    }

    /** Where somebody types, what they may see, and what they used last. */
    private record Field(
            Catalog catalog,
            VisibleEnvironments visible,
            String command,
            Map<String, String> others,
            RecentUse recent) {
        Stream<String> names() {
            return recent.environments(catalog.environments().keySet().stream()
                    .filter(visible::sees)
                    .map(EnvironmentName::value)
                    .toList());
        }

        Stream<String> operations() {
            return recent.operations(
                    catalog.operations().keySet().stream().map(Operation::value).toList());
        }

        Stream<String> hosts(boolean groups) {
            var known = environments()
                    .flatMap(e ->
                            Stream.concat(groups ? e.groups().keySet().stream() : Stream.empty(), e.hosts().stream()))
                    .distinct()
                    .toList();
            return recent.hosts(Optional.ofNullable(others.get("env")), known);
        }

        /** Those that begin so: tag:web is nothing that somebody wants who types web. */
        Stream<String> selectors(String part) {
            return environments()
                    .flatMap(e -> HostPattern.selectors(e).stream())
                    .filter(s -> s.toLowerCase(Locale.ROOT).startsWith(part));
        }

        Stream<Choice> playbooks() {
            return recent.playbooks(catalog.playbooks().keySet().stream()
                            .map(PlaybookName::value)
                            .toList())
                    .map(PlaybookName::new)
                    .flatMap(n -> catalog.playbook(n).stream())
                    .map(p -> new Choice(p.name() + " – " + p.title(), p.name().value()));
        }

        Stream<Environment> environments() {
            return Optional.ofNullable(others.get("env"))
                    .flatMap(catalog::environment)
                    .map(Stream::of)
                    .orElseGet(() -> catalog.environments().values().stream())
                    .filter(e -> visible.sees(e.name()));
        }

        /** Those of the playbook that the command runs, or that is named beside it. */
        Stream<String> templates() {
            var operation = others.getOrDefault("operation", command);
            return MissingInput.templates(catalog, operation, Optional.ofNullable(others.get("playbook")));
        }

        Stream<Environment> everywhere() {
            return catalog.environments().values().stream().filter(e -> visible.sees(e.name()));
        }

        RunQuery seen(RunQuery query) {
            return query.within(visible.narrowed(catalog.environments().keySet()));
        }
    }

    private Stream<Choice> candidates(CommandOption option, Field field, String part) {
        var catalog = field.catalog();
        return switch (option.type()) {
            case ENVIRONMENTS -> Stream.concat(field.names(), Stream.of("all")).map(Choice::of);
            case ENVIRONMENT -> field.names().map(Choice::of);
            case PLAYBOOK -> field.playbooks();
            case MODULE -> field.recent().modules(catalog.modules()).map(Choice::of);
            case OPERATION -> field.operations().map(Choice::of);
            case COMMAND -> CommandCatalogue.of(catalog).stream().map(e -> Choice.of(e.name()));
            case RUN -> runs(field);
            case HOST -> field.hosts(false).map(Choice::of);
            case HOSTS ->
                Stream.concat(field.hosts(true), field.selectors(part)).map(Choice::of);
            case STATE -> Arrays.stream(RunState.values()).map(s -> Choice.of(s.typed()));
            case TOPIC ->
                Stream.of(Stream.of("failures", "all"), field.names(), field.operations())
                        .flatMap(s -> s)
                        .map(Choice::of);
            case VERSION -> versions(field);
            case TEMPLATE -> field.templates().map(Choice::of);
            case TEXT -> texts(option.name(), field);
            case TAGS, NUMBER, FLAG, VARIABLES -> Stream.empty();
        };
    }

    private Stream<Choice> runs(Field field) {
        return new RunChoices(sources.journal()).of(field.command(), field.seen(RunQuery.newest(50)));
    }

    private Stream<Choice> versions(Field field) {
        var here = Optional.ofNullable(field.others().get("env")).flatMap(field.catalog()::environment);
        var asked = Stream.concat(
                        here.stream().map(e -> RunQuery.of(e.name().value(), LOOKED_AT)),
                        Stream.of(RunQuery.newest(LOOKED_AT)))
                .flatMap(q -> list(field.seen(q)).stream())
                .toList();
        return new VersionChoices(new VersionQueries(sources.journal().read(), clock.instant()))
                .of(
                        field.command(),
                        here.filter(e -> field.visible().sees(e.name())),
                        field.everywhere().toList(),
                        asked);
    }

    private List<Run> list(RunQuery query) {
        return sources.journal().read().list(query).runs();
    }

    private Stream<Choice> texts(String option, Field field) {
        var fixed = field.command().equals("secret")
                ? SecretConversation.choices(option)
                : WordChoices.of(field.command(), option);
        var words = Stream.of(fixed, held(option, field), choices(field.catalog(), field.command(), option))
                .flatMap(s -> s)
                .map(Choice::of);
        var alerts = new AlertChoices(sources.alerts()).of(field.command(), option, field.visible());
        var running = isHold(option, field) ? runs(field) : Stream.<Choice>empty();
        return Stream.of(words, alerts, running).flatMap(s -> s);
    }

    private static boolean isHold(String option, Field field) {
        return option.equals("what") && Set.of("pause", "resume").contains(field.command());
    }

    /** What can be paused, beside runs. */
    private static Stream<String> held(String option, Field field) {
        return isHold(option, field)
                ? Stream.of(Stream.of("queue"), field.names(), field.playbooks().map(Choice::value))
                        .flatMap(s -> s)
                : Stream.empty();
    }

    private static Stream<String> choices(Catalog catalog, String command, String variable) {
        return MissingInput.variables(catalog, command, Optional.empty())
                .filter(v -> v.name().equals(variable))
                .flatMap(v -> v.choices().stream());
    }
}
