package dev.playcall.web;

import dev.playcall.catalog.Catalog;
import dev.playcall.catalog.Environment;
import dev.playcall.catalog.Limits;
import dev.playcall.catalog.OperationSpec;
import dev.playcall.catalog.Playbook;
import dev.playcall.catalog.VariableSpec;
import dev.playcall.domain.EnvironmentName;
import dev.playcall.domain.Operation;
import dev.playcall.domain.PlaybookName;
import dev.playcall.security.Sight;
import dev.playcall.web.pages.Chip;
import dev.playcall.web.pages.Field;
import dev.playcall.web.pages.StartView;
import io.javalin.http.Context;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Puts the form together that starts a run; what it sends goes to the API like any other wish. */
final class StartPage {
    private static final int NAMED = 30;
    private static final int OFFERED = 300;

    private final Catalog catalog;
    private final Context ctx;
    private final Sight sight;
    private final Acts acts;

    StartPage(Catalog catalog, Visitors visitors, Context ctx) {
        this.catalog = catalog;
        this.ctx = ctx;
        this.sight = visitors.sight(ctx);
        this.acts = new Acts(catalog, visitors, ctx);
    }

    StartView view() {
        var spec = spec();
        var playbook = playbook(spec);
        var environment = environment();
        var name = playbook.map(p -> p.name().value()).orElse("");
        var asked = spec.operation().equals(Operation.PLAY) ? name : "";
        var limit = Params.text(ctx, "limit").orElse("");
        var reach = limit.isEmpty() ? new Limits.Hosts(environment.hosts()) : Limits.resolve(environment, limit);
        var hosts = reach instanceof Limits.Hosts(var found) ? found : List.<String>of();
        return new StartView(
                spec.operation().value(),
                asked,
                playbook.map(Playbook::title).filter(t -> !t.equals(name)).orElseGet(() -> title(spec, name)),
                playbook.map(Playbook::description).orElse(""),
                playbook.filter(p -> p.danger() == Playbook.Danger.HIGH).isPresent(),
                environment.name().value(),
                environments(spec, asked, environment),
                fields(spec, playbook),
                Params.text(ctx, "check").isPresent(),
                playbook.isPresent() && !spec.operation().equals(Operation.PING),
                limit,
                Stream.concat(environment.groups().keySet().stream(), environment.hosts().stream())
                        .limit(OFFERED)
                        .toList(),
                hosts.stream().limit(NAMED).toList(),
                hosts.size(),
                reach instanceof Limits.Wrong(var message, var nearest)
                        ? message
                                + nearest.map(n -> ", did you mean " + n + "?").orElse("")
                        : "",
                acts.denied(spec.operation(), environment.name(), asked));
    }

    private static String title(OperationSpec spec, String playbook) {
        var word = spec.operation().equals(Operation.PLAY)
                ? playbook
                : spec.operation().value();
        return Character.toUpperCase(word.charAt(0)) + word.substring(1);
    }

    private OperationSpec spec() {
        var name = Params.text(ctx, "operation").orElse("deploy");
        return Optional.of(name)
                .filter(Operation::isValid)
                .flatMap(o -> catalog.operation(new Operation(o)))
                .orElseThrow(() -> ProblemException.notFound("there is no operation \"" + name + "\""));
    }

    private Optional<Playbook> playbook(OperationSpec spec) {
        if (!spec.operation().equals(Operation.PLAY)) {
            return spec.playbook().flatMap(catalog::playbook);
        }
        var name = Params.text(ctx, "playbook").orElse("");
        return Optional.of(Optional.of(name)
                .filter(PlaybookName::isValid)
                .flatMap(p -> catalog.playbook(new PlaybookName(p)))
                .orElseThrow(() -> ProblemException.notFound("there is no playbook \"" + name + "\"")));
    }

    private Environment environment() {
        var asked = Params.text(ctx, "environment");
        return catalog.environments().values().stream()
                .filter(e -> sight.sees(e.name()))
                .filter(e -> asked.isEmpty() || e.name().value().equals(asked.get()))
                .findFirst()
                .orElseThrow(() -> ProblemException.notFound(
                        asked.map(a -> "there is no environment \"" + a + "\"").orElse("there is no environment yet")));
    }

    private List<Chip> environments(OperationSpec spec, String playbook, Environment chosen) {
        return catalog.environments().keySet().stream()
                .filter(sight::sees)
                .map(e -> new Chip(e.value(), link(spec, playbook, e), e.equals(chosen.name())))
                .toList();
    }

    private String link(OperationSpec spec, String playbook, EnvironmentName environment) {
        var check = Params.text(ctx, "check").isPresent() ? "&check=1" : "";
        return acts.form("", spec.operation(), environment, playbook, check).link();
    }

    /** Those of the operation stand in for those of the playbook that have the same name. */
    private static List<Field> fields(OperationSpec spec, Optional<Playbook> playbook) {
        Map<String, VariableSpec> variables = new LinkedHashMap<>();
        playbook.ifPresent(p -> p.variables().forEach(v -> variables.put(v.name(), v)));
        spec.variables().forEach(v -> variables.put(v.name(), v));
        return variables.values().stream().map(StartPage::field).toList();
    }

    private static Field field(VariableSpec v) {
        var kind = v.secret()
                ? "secret"
                : !v.choices().isEmpty()
                        ? "choice"
                        : switch (v.type()) {
                            case INTEGER, NUMBER -> "number";
                            case BOOLEAN -> "flag";
                            case CHOICE -> "choice";
                            case TEXT, VERSION, LIST -> "text";
                        };
        var usual = v.secret() ? "" : v.defaultValue().map(d -> d.display()).orElse("");
        boolean required = v.required() && v.defaultValue().isEmpty() && !v.secret();
        return new Field(
                v.name(), kind, v.description(), v.choices(), usual, v.pattern().orElse(""), required);
    }
}
