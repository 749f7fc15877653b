package dev.playcall.chat.conversation;

import dev.playcall.catalog.Catalog;
import dev.playcall.catalog.Catalogs;
import dev.playcall.catalog.inventory.Environment;
import dev.playcall.chat.card.RunCard;
import dev.playcall.chat.card.VersionQueries;
import dev.playcall.chat.command.CommandCatalogue;
import dev.playcall.chat.command.CommandOption;
import dev.playcall.chat.message.Choice;
import dev.playcall.command.Caller;
import dev.playcall.command.Rights;
import dev.playcall.domain.Run;
import dev.playcall.domain.RunState;
import dev.playcall.domain.name.EnvironmentName;
import dev.playcall.domain.name.Operation;
import dev.playcall.journal.RunJournal;
import dev.playcall.journal.RunQuery;
import dev.playcall.security.access.Permission;
import dev.playcall.security.access.VisibleEnvironments;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Offers what may stand in an option while somebody types it. */
final class Completion {
    private static final int MOST = 25;
    private static final int LOOKED_AT = 200;

    private final Catalogs catalogs;
    private final RunJournal journal;
    private final Rights rights;
    private final InstantSource clock;

    Completion(Catalogs catalogs, RunJournal journal, Rights rights, InstantSource clock) {
        this.clock = clock;
        this.catalogs = catalogs;
        this.journal = journal;
        this.rights = rights;
    }

    /**
     * What fits, the best first.
     *
     * @param others the options that are filled in already, by name
     */
    List<Choice> of(Caller caller, String command, String option, Map<String, String> others, String typed) {
        var catalog = catalogs.current();
        var found = CommandCatalogue.find(catalog, command).flatMap(e -> e.option(option));
        if (found.isEmpty() || rights.anywhere(caller, Permission.VIEW).isPresent()) {
            return List.of();
        }
        boolean several =
                found.get().type() == CommandOption.Type.HOSTS || found.get().type() == CommandOption.Type.ENVIRONMENTS;
        int comma = several ? typed.lastIndexOf(',') + 1 : 0;
        var before = typed.substring(0, comma);
        var part = typed.substring(comma).strip().toLowerCase(Locale.ROOT);
        return candidates(found.get(), new Field(catalog, rights.visibleEnvironments(caller), command, others))
                .filter(c -> rank(c, part) < 3)
                .sorted(Comparator.comparingInt(c -> rank(c, part)))
                .distinct()
                .limit(MOST)
                .map(c -> before.isEmpty() ? c : Choice.of(before + c.value()))
                .toList();
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

    /** Where somebody types, and what they may see. */
    private record Field(Catalog catalog, VisibleEnvironments visible, String command, Map<String, String> others) {
        Stream<EnvironmentName> names() {
            return catalog.environments().keySet().stream().filter(visible::sees);
        }

        Stream<Environment> environments() {
            return Optional.ofNullable(others.get("env"))
                    .flatMap(catalog::environment)
                    .map(Stream::of)
                    .orElseGet(() -> catalog.environments().values().stream())
                    .filter(e -> visible.sees(e.name()));
        }

        RunQuery seen(RunQuery query) {
            return query.within(visible.narrowed(catalog.environments().keySet()));
        }
    }

    private Stream<Choice> candidates(CommandOption option, Field field) {
        var catalog = field.catalog();
        return switch (option.type()) {
            case ENVIRONMENTS ->
                Stream.concat(field.names().map(EnvironmentName::value), Stream.of("all"))
                        .map(Choice::of);
            case ENVIRONMENT -> field.names().map(e -> Choice.of(e.value()));
            case PLAYBOOK ->
                catalog.playbooks().values().stream()
                        .map(p -> new Choice(
                                p.name() + " – " + p.title(), p.name().value()));
            case MODULE -> catalog.modules().stream().map(Choice::of);
            case OPERATION -> catalog.operations().keySet().stream().map(o -> Choice.of(o.value()));
            case COMMAND -> CommandCatalogue.of(catalog).stream().map(e -> Choice.of(e.name()));
            case RUN ->
                recent(field)
                        .map(r -> new Choice(
                                r.id() + " " + RunCard.what(r) + " " + r.state().label(),
                                Long.toString(r.id().value())));
            case HOST -> field.environments().flatMap(e -> e.hosts().stream()).map(Choice::of);
            case HOSTS ->
                field.environments()
                        .flatMap(e -> Stream.concat(e.groups().keySet().stream(), e.hosts().stream()))
                        .map(Choice::of);
            case STATE -> Arrays.stream(RunState.values()).map(s -> Choice.of(s.word()));
            case TOPIC ->
                Stream.concat(
                                Stream.of("failures", "all"),
                                Stream.concat(
                                        field.names().map(EnvironmentName::value),
                                        catalog.operations().keySet().stream().map(o -> o.value())))
                        .map(Choice::of);
            case VERSION -> versions(field);
            case TEXT ->
                (field.command().equals("secret")
                                ? SecretConversation.choices(option.name())
                                : choices(catalog, field.command(), option.name()))
                        .map(Choice::of);
            case TAGS, NUMBER, FLAG, VARIABLES -> Stream.empty();
        };
    }

    private Stream<Run> recent(Field field) {
        return journal.read().list(field.seen(RunQuery.newest(50))).runs().stream();
    }

    /** To go back, what really ran there; else what was asked for before, in this environment first of all. */
    private Stream<Choice> versions(Field field) {
        return field.command().equals(Operation.ROLLBACK.value())
                        && field.others().containsKey("env")
                ? field.environments()
                        .flatMap(e -> new VersionQueries(journal.read(), clock.instant()).choices(e).stream())
                : choices(field).map(Choice::of);
    }

    private Stream<String> choices(Field field) {
        var query = Optional.ofNullable(field.others().get("env"))
                .map(e -> RunQuery.of(e, LOOKED_AT))
                .orElseGet(() -> RunQuery.newest(LOOKED_AT));
        return journal.read().list(field.seen(query)).runs().stream().flatMap(r -> r.request().version().stream());
    }

    private static Stream<String> choices(Catalog catalog, String command, String variable) {
        return MissingInput.variables(catalog, command, Optional.empty())
                .filter(v -> v.name().equals(variable))
                .flatMap(v -> v.choices().stream());
    }
}
