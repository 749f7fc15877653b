package dev.playcall.web.inventory;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.playcall.catalog.Catalogs;
import dev.playcall.catalog.inventory.Environment;
import dev.playcall.catalog.inventory.EnvironmentFiles;
import dev.playcall.catalog.playbook.Playbook;
import dev.playcall.domain.agent.AgentState;
import dev.playcall.domain.name.EnvironmentName;
import dev.playcall.journal.HostStatus;
import dev.playcall.journal.HostStatus.Column;
import dev.playcall.journal.RunJournal;
import dev.playcall.journal.VersionDrift;
import dev.playcall.web.http.Api;
import dev.playcall.web.http.JsonBodies;
import dev.playcall.web.http.Params;
import dev.playcall.web.http.ProblemException;
import dev.playcall.web.runs.RunJson;
import dev.playcall.web.security.RequestAuth;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What there is: environments and playbooks. */
final class EnvironmentRoutes {
    private static final int MOST_VERSIONS = 200;

    private final Catalogs catalogs;
    private final RunJournal journal;
    private final RequestAuth requestAuth;
    private final EnvironmentFiles files;

    EnvironmentRoutes(Catalogs catalogs, RunJournal journal, RequestAuth requestAuth, EnvironmentFiles files) {
        this.catalogs = catalogs;
        this.journal = journal;
        this.requestAuth = requestAuth;
        this.files = files;
    }

    void register(RoutesConfig routes) {
        var api = new Api(routes, requestAuth::admit);
        api.get("/api/v1/environments", this::environments);
        api.get("/api/v1/environments/{env}", ctx -> JsonBodies.send(ctx, environment(find(ctx))));
        api.get("/api/v1/environments/{env}/versions", this::versions);
        api.get("/api/v1/playbooks", this::playbooks);
    }

    private void environments(Context ctx) throws IOException {
        requestAuth.admit(ctx);
        var visible = requestAuth.visibleEnvironments(ctx);
        var node = JsonBodies.object();
        var list = node.putArray("environments");
        catalogs.current().environments().values().stream()
                .filter(e -> visible.sees(e.name()))
                .forEach(e -> list.add(environment(e)));
        var broken = node.putArray("broken");
        catalogs.current().broken().values().stream()
                .filter(b -> visible.sees(b.name()))
                .forEach(b ->
                        broken.addObject().put("name", b.name().value()).set("problems", RunJson.texts(b.problems())));
        var archived = node.putArray("archived");
        files.archived().stream().filter(visible::sees).forEach(e -> archived.add(e.value()));
        node.set("problems", RunJson.texts(catalogs.current().problems()));
        JsonBodies.send(ctx, node);
    }

    private Environment find(Context ctx) {
        requestAuth.admit(ctx);
        var name = ctx.pathParam("env");
        var visible = requestAuth.visibleEnvironments(ctx);
        var found = catalogs.current()
                .environment(name)
                .orElseThrow(() -> ProblemException.notFound("environment not found; there are "
                        + catalogs.current().environments().keySet().stream()
                                .filter(visible::sees)
                                .map(EnvironmentName::value)
                                .collect(Collectors.joining(", "))));
        requestAuth.admit(ctx, found.name());
        return found;
    }

    private ObjectNode environment(Environment environment) {
        var statuses = journal.read().statuses(environment.name());
        var drift = VersionDrift.of(environment.similarHosts(), statuses);
        var known = statuses.stream().collect(Collectors.toMap(HostStatus::host, Function.identity()));
        var node = JsonBodies.object().put("name", environment.name().value());
        var groups = node.putObject("groups");
        environment.groups().forEach((g, hosts) -> groups.set(g, RunJson.texts(hosts)));
        var servers = node.putArray("servers");
        for (var host : environment.hosts()) {
            var server = servers.addObject().put("name", host);
            var status = Optional.ofNullable(known.get(host));
            column(server, "ssh", status.flatMap(HostStatus::ssh));
            column(server, "provision", status.flatMap(HostStatus::provision));
            column(server, "deploy", status.flatMap(HostStatus::deploy));
            column(server, "last", status.flatMap(HostStatus::last));
            status.flatMap(HostStatus::alert)
                    .ifPresent(a -> server.putObject("alert").put("id", a.id()).put("title", a.title()));
            agent(server, catalogs.facts().agent(environment.name(), host));
            drift.of(host)
                    .ifPresent(o -> server.putObject("drift")
                            .put("group", o.group())
                            .put("version", o.version())
                            .put("expected", o.expected())
                            .put("others", o.others()));
        }
        var strangers = node.putArray("unknown_agents");
        catalogs.facts()
                .unknown(environment.name())
                .forEach(a -> strangers
                        .addObject()
                        .put("server_id", a.serverId())
                        .put("hostname", a.hostname())
                        .put("version", a.version())
                        .put("last_seen", JsonBodies.time(a.lastSeen())));
        return node;
    }

    private static void agent(ObjectNode server, AgentState state) {
        state.known()
                .ifPresent(agent -> server.putObject("agent")
                        .put("state", state.word())
                        .put("version", agent.version())
                        .put("last_seen", JsonBodies.time(agent.lastSeen())));
    }

    private void versions(Context ctx) {
        var node = JsonBodies.object();
        var list = node.putArray("versions");
        var environment = find(ctx).name();
        int limit = (int) Params.number(ctx, "limit", 50, 1, MOST_VERSIONS);
        var found = journal.read().deployed(environment, Params.text(ctx, "cursor"), limit);
        found.forEach(d -> list.addObject()
                .put("version", d.version())
                .put("run", d.run().value())
                .put("at", JsonBodies.time(d.at())));
        node.put("total", journal.read().countDeployed(environment));
        node.put("next_cursor", found.size() < limit ? null : found.getLast().version());
        JsonBodies.send(ctx, node);
    }

    private static void column(ObjectNode server, String name, Optional<Column> column) {
        if (column.isEmpty()) {
            server.putNull(name);
            return;
        }
        var c = column.get();
        var node = server.putObject(name)
                .put("status", c.status())
                .put("run", c.run().value())
                .put("started", JsonBodies.time(c.started()))
                .put("completed", RunJson.time(c.completed()))
                .put("error", c.error().isEmpty() ? null : c.error());
        if (name.equals("ssh")) {
            node.put(
                    "latency_ms",
                    c.latencyMillis().isPresent() ? c.latencyMillis().getAsLong() : null);
            node.put("connection", c.connection().orElse(null));
        }
        if (name.equals("deploy")) {
            node.put("version", c.version().isEmpty() ? null : c.version());
        }
    }

    /** A value is a text, or a list of texts. */
    private static ObjectNode templates(Playbook playbook) {
        var node = JsonBodies.object();
        playbook.templates().forEach((name, values) -> {
            var template = node.putObject(name);
            values.forEach((variable, value) -> {
                if (value instanceof List<?> items) {
                    template.set(
                            variable,
                            RunJson.texts(items.stream().map(Object::toString).toList()));
                } else {
                    template.put(variable, value.toString());
                }
            });
        });
        return node;
    }

    private void playbooks(Context ctx) {
        requestAuth.admit(ctx);
        var node = JsonBodies.object();
        var list = node.putArray("playbooks");
        catalogs.current().playbooks().values().forEach(p -> {
            var playbook = list.addObject()
                    .put("name", p.name().value())
                    .put("title", p.title())
                    .put("description", p.description())
                    .put("operation", p.operation().map(o -> o.value()).orElse(null))
                    .put("timeout", p.timeout().map(JsonBodies::seconds).orElse(null))
                    .put("danger", p.danger().name().toLowerCase(Locale.ROOT));
            playbook.set("node_selector", RunJson.texts(List.copyOf(p.nodeSelector())));
            var variables = playbook.putArray("variables");
            p.variables()
                    .forEach(v -> variables
                            .addObject()
                            .put("name", v.name())
                            .put("type", v.type().name().toLowerCase(Locale.ROOT))
                            .put("description", v.description())
                            .put("required", v.required())
                            .put("secret", v.secret())
                            .put(
                                    "default",
                                    v.secret()
                                            ? null
                                            : v.defaultValue()
                                                    .map(d -> d.display())
                                                    .orElse(null))
                            .set("choices", RunJson.texts(v.choices())));
            playbook.set("templates", templates(p));
        });
        JsonBodies.send(ctx, node);
    }
}
