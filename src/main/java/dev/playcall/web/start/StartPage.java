package dev.playcall.web.start;

import dev.playcall.catalog.Catalog;
import dev.playcall.catalog.Catalogs;
import dev.playcall.catalog.inventory.Environment;
import dev.playcall.catalog.playbook.OperationCatalog.OperationSpec;
import dev.playcall.catalog.playbook.Playbook;
import dev.playcall.catalog.selection.HostFacts;
import dev.playcall.catalog.variable.VariableSpec;
import dev.playcall.command.run.WaitReasons;
import dev.playcall.domain.name.EnvironmentName;
import dev.playcall.domain.name.Operation;
import dev.playcall.domain.name.PlaybookName;
import dev.playcall.journal.EventStore;
import dev.playcall.security.access.VisibleEnvironments;
import dev.playcall.web.http.ProblemException;
import dev.playcall.web.pages.Chip;
import dev.playcall.web.security.RequestAuth;
import dev.playcall.web.security.RunButtons;
import dev.playcall.web.start.StartView.Fault;
import io.javalin.http.Context;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/** Puts the form together that starts a run; what it sends goes to the API like any other request. */
final class StartPage {
    private final Catalog catalog;
    private final HostFacts facts;
    private final StartForm form;
    private final VisibleEnvironments visible;
    private final RunButtons runButtons;
    private final OperationSpec spec;
    private final Optional<Playbook> playbook;
    private final Environment environment;
    private final ScheduleFields when;
    private final KnownVersions versions;

    StartPage(
            Catalogs catalogs,
            EventStore store,
            WaitReasons waitReasons,
            RequestAuth requestAuth,
            Context ctx,
            StartForm form,
            ZoneId zone,
            Instant now) {
        this.catalog = catalogs.current();
        this.facts = catalogs.facts();
        this.form = form;
        this.visible = requestAuth.visibleEnvironments(ctx);
        this.runButtons = new RunButtons(catalog, requestAuth, ctx);
        this.spec = findSpec();
        this.playbook = findPlaybook();
        this.environment = findEnvironment();
        this.versions = new KnownVersions(store, environment.name());
        this.when = new ScheduleFields(form, Optional.of(environment.name()), waitReasons, zone, now);
    }

    /** The limit with all servers in it that were found. */
    String withFound() {
        return new HostPicker(environment, facts, form).withFound();
    }

    /** The form with the values of this template in its fields. */
    StartForm filled(String template) {
        var values = Optional.ofNullable(templates().get(template))
                .orElseThrow(() -> ProblemException.notFound("there is no template \"" + template + "\""));
        var off = variables().stream()
                .filter(v -> kind(v).equals("flag"))
                .filter(v ->
                        Optional.ofNullable(values.get(v.name())).map(v::check).orElse(null)
                                        instanceof VariableSpec.Ok(var value)
                                && value.display().equals("false"))
                .map(VariableSpec::name)
                .toList();
        return form.with(values, off);
    }

    private SortedMap<String, Map<String, Object>> templates() {
        return playbook.map(Playbook::templates).orElse(Collections.emptySortedMap());
    }

    StartView view(Optional<StartView.Seen> seen, Fault fault) {
        var name = playbook.map(p -> p.name().value()).orElse("");
        var asked = spec.operation().equals(Operation.PLAY) ? name : "";
        return new StartView(
                spec.operation().value(),
                asked,
                playbook.map(Playbook::title).filter(t -> !t.equals(name)).orElseGet(() -> title(name)),
                playbook.map(Playbook::description).orElse(""),
                playbook.filter(p -> p.danger() == Playbook.Danger.HIGH).isPresent(),
                environment.name().value(),
                environments(asked),
                variables().stream().map(v -> field(v, placed(fault))).toList(),
                List.copyOf(templates().keySet()),
                form.name(),
                form.why(),
                form.tags(),
                form.check(),
                isModule() || (playbook.isPresent() && !spec.operation().equals(Operation.PING)),
                new HostPicker(environment, facts, form).view(),
                when.view(),
                form.waves(),
                !isModule() && playbook.isPresent() && !spec.operation().equals(Operation.PING),
                seen,
                form.key(),
                placed(fault),
                runButtons.denied(spec.operation(), environment.name(), asked));
    }

    /** What has no field on this page is told above the button. */
    private Fault placed(Fault given) {
        var fault = isModule() ? ModuleFields.placed(given) : given;
        boolean known = StartRoutes.places().contains(fault.field())
                || variables().stream().anyMatch(v -> fault.field().equals("variables." + v.name()));
        return known ? fault : new Fault(fault.text().isEmpty() ? "" : "form", fault.text());
    }

    private boolean isModule() {
        return spec.operation().equals(Operation.ADHOC);
    }

    private String title(String name) {
        if (isModule()) {
            return "Run a module";
        }
        var word = spec.operation().equals(Operation.PLAY)
                ? name
                : spec.operation().value();
        return Character.toUpperCase(word.charAt(0)) + word.substring(1);
    }

    private OperationSpec findSpec() {
        var usual = form.playbook().isEmpty() ? "deploy" : Operation.PLAY.value();
        var name = form.operation().isEmpty() ? usual : form.operation();
        return Optional.of(name)
                .filter(Operation::isValid)
                .flatMap(o -> catalog.operation(new Operation(o)))
                .orElseThrow(() -> ProblemException.notFound("there is no operation \"" + name + "\""));
    }

    private Optional<Playbook> findPlaybook() {
        if (!spec.operation().equals(Operation.PLAY)) {
            return spec.playbook().flatMap(catalog::playbook);
        }
        var name = form.playbook();
        return Optional.of(Optional.of(name)
                .filter(PlaybookName::isValid)
                .flatMap(p -> catalog.playbook(new PlaybookName(p)))
                .orElseThrow(() -> ProblemException.notFound("there is no playbook \"" + name + "\"")));
    }

    private Environment findEnvironment() {
        var asked = form.environment();
        return catalog.environments().values().stream()
                .filter(e -> visible.sees(e.name()))
                .filter(e -> asked.isEmpty() || e.name().value().equals(asked))
                .findFirst()
                .orElseThrow(() -> ProblemException.notFound(
                        asked.isEmpty()
                                ? "there are no environments yet"
                                : "there is no environment \"" + asked + "\""));
    }

    private List<Chip> environments(String playbook) {
        return catalog.environments().keySet().stream()
                .filter(visible::sees)
                .map(e -> new Chip(e.value(), link(playbook, e), e.equals(environment.name())))
                .toList();
    }

    private String link(String playbook, EnvironmentName other) {
        var more = (form.check() ? "&check=1" : "")
                + (form.when().isEmpty() ? "" : "&when=" + RunButtons.encoded(form.when()));
        return runButtons.form("", spec.operation(), other, playbook, more).link();
    }

    /** Those of the operation stand in for those of the playbook that have the same name. */
    Collection<VariableSpec> variables() {
        if (isModule()) {
            return ModuleFields.specs(catalog.modules());
        }
        Map<String, VariableSpec> variables = new LinkedHashMap<>();
        playbook.ifPresent(p -> p.variables().forEach(v -> variables.put(v.name(), v)));
        spec.variables().forEach(v -> variables.put(v.name(), v));
        return variables.values();
    }

    private FormField field(VariableSpec v, Fault fault) {
        var kind = isModule() && v.name().equals(ModuleFields.ARGUMENTS) ? "lines" : kind(v);
        boolean version = v.type() == VariableSpec.Type.VERSION && kind.equals("text");
        boolean required = v.required() && v.defaultValue().isEmpty() && !v.secret();
        return new FormField(
                v.name(),
                kind,
                v.description(),
                version ? versions.all() : v.choices(),
                version ? versions.live() : "",
                written(v, kind),
                v.pattern().orElse(""),
                required,
                fault.at("variables." + v.name()));
    }

    private static String kind(VariableSpec v) {
        if (v.secret()) {
            return "secret";
        }
        if (!v.choices().isEmpty()) {
            return "choice";
        }
        return switch (v.type()) {
            case INTEGER, NUMBER -> "number";
            case BOOLEAN -> "flag";
            case CHOICE -> "choice";
            case TEXT, VERSION, LIST -> "text";
        };
    }

    /** A secret that was typed is not sent back. */
    private String written(VariableSpec v, String kind) {
        if (v.secret()) {
            return "";
        }
        var text = form.given().get(v.name());
        if (form.sent()) {
            return kind.equals("flag") ? Boolean.toString(text != null) : text == null ? "" : text;
        }
        return v.defaultValue().map(d -> d.display()).orElse("");
    }
}
