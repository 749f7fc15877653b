package dev.playcall.web.security;

import dev.playcall.catalog.Catalog;
import dev.playcall.command.StartCommand;
import dev.playcall.domain.name.EnvironmentName;
import dev.playcall.domain.name.Operation;
import dev.playcall.security.access.VisibleEnvironments;
import dev.playcall.web.http.JsonBodies;
import dev.playcall.web.pages.ActionButton;
import io.javalin.http.Context;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The buttons that start something, each with the reason when this user may not press it. */
public final class RunButtons {
    private static final List<Operation> OFFERED =
            List.of(Operation.VALIDATE, Operation.PING, Operation.PROVISION, Operation.DEPLOY);

    private final Catalog catalog;
    private final RequestAuth requestAuth;
    private final Context ctx;

    public RunButtons(Catalog catalog, RequestAuth requestAuth, Context ctx) {
        this.catalog = catalog;
        this.requestAuth = requestAuth;
        this.ctx = ctx;
    }

    /** What is done to a whole environment. */
    public List<ActionButton> of(EnvironmentName environment) {
        var acts = new ArrayList<>(OFFERED.stream()
                .filter(o -> catalog.operation(o).isPresent())
                .map(o -> act(o, environment))
                .toList());
        if (catalog.operation(Operation.DEPLOY).isPresent()) {
            acts.add(form("Check", Operation.DEPLOY, environment, "", "&check=1"));
        }
        return acts;
    }

    private ActionButton act(Operation operation, EnvironmentName environment) {
        var label = label(operation);
        return isHarmless(operation)
                ? now(label, operation, environment, "")
                : form(label, operation, environment, "", "");
    }

    /** What is done to several environments, one after the other; what changes nothing is started at once. */
    public List<ActionButton> batch(List<EnvironmentName> environments) {
        return OFFERED.stream()
                .filter(o -> catalog.operation(o).isPresent())
                .map(o -> batch(o, environments))
                .toList();
    }

    private ActionButton batch(Operation operation, List<EnvironmentName> environments) {
        var label = label(operation);
        var denied = environments.stream()
                .map(e -> denied(operation, e, ""))
                .filter(d -> !d.isEmpty())
                .findFirst()
                .orElse("");
        var names = environments.stream().map(EnvironmentName::value).collect(Collectors.joining(","));
        if (!isHarmless(operation)) {
            var link = "/batch?operation=" + encoded(operation.value()) + "&environments=" + encoded(names);
            return new ActionButton(label, link, denied);
        }
        var body = JsonBodies.object().put("operation", operation.value()).put("on_failure", "continue");
        var list = body.putArray("environments");
        environments.forEach(e -> list.add(e.value()));
        var fields = Map.of("operation", operation.value(), "environments", names, "on_failure", "continue");
        return new ActionButton(label, body.toString(), fields, "", denied, true);
    }

    /** As it stands on a button. */
    public static String label(Operation operation) {
        var word = operation.value();
        return Character.toUpperCase(word.charAt(0)) + word.substring(1);
    }

    private static boolean isHarmless(Operation operation) {
        return operation.equals(Operation.VALIDATE) || operation.equals(Operation.PING);
    }

    /** Started without another question. */
    public ActionButton now(String label, Operation operation, EnvironmentName environment, String limit) {
        var body = JsonBodies.object().put("operation", operation.value()).put("environment", environment.value());
        if (!limit.isEmpty()) {
            body.put("limit", limit);
        }
        var fields = Map.of("operation", operation.value(), "environment", environment.value(), "limit", limit);
        return new ActionButton(label, body.toString(), fields, "", denied(operation, environment, ""), false);
    }

    public ActionButton form(
            String label, Operation operation, EnvironmentName environment, String playbook, String more) {
        var link = "/start?operation=" + encoded(operation.value()) + "&environment=" + encoded(environment.value())
                + (playbook.isEmpty() ? "" : "&playbook=" + encoded(playbook)) + more;
        return new ActionButton(label, link, denied(operation, environment, playbook));
    }

    /** Where something is made to run by itself, beginning with what is offered first. */
    public ActionButton schedule(VisibleEnvironments visible) {
        return catalog.environments().keySet().stream()
                .filter(visible::sees)
                .findFirst()
                .flatMap(e -> catalog.operations().values().stream()
                        .filter(o -> o.playbook().flatMap(catalog::playbook).isPresent())
                        .findFirst()
                        .map(o -> form("Add schedule", o.operation(), e, "", "&when=cron")))
                .orElse(new ActionButton("Add schedule", "", "There are no environments or playbooks yet."));
    }

    /** What can be held back, as it is named for that. */
    public List<String> pausable(VisibleEnvironments visible) {
        var names = new ArrayList<>(List.of("queue"));
        catalog.environments().keySet().stream().filter(visible::sees).forEach(e -> names.add("environment:" + e));
        catalog.playbooks().keySet().forEach(p -> names.add("playbook:" + p));
        return names;
    }

    public String denied(Operation operation, EnvironmentName environment, String playbook) {
        return requestAuth.whyNot(
                ctx,
                new StartCommand(
                        operation.value(),
                        environment.value(),
                        Optional.of(playbook).filter(p -> !p.isEmpty()),
                        "",
                        List.of(),
                        false,
                        false,
                        Map.of(),
                        "",
                        ""));
    }

    public static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
