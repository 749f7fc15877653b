package dev.playcall.web.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import dev.playcall.agent.AgentReports;
import dev.playcall.domain.agent.HostAgent.AgentReport;
import dev.playcall.domain.name.EnvironmentName;
import dev.playcall.web.http.Api;
import dev.playcall.web.http.JsonBodies;
import dev.playcall.web.http.ProblemException;
import dev.playcall.web.http.RouteGroup;
import dev.playcall.web.http.WebAccess;
import dev.playcall.web.security.WebContext;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.io.IOException;
import java.util.Optional;

/** Takes reports of agents, and says when a server reported last. */
public final class IngestFeature implements RouteGroup {
    /** What is below it looks at tokens itself. */
    public static final String PATH = "/ingest/";

    private static final int LARGEST = 64 << 10;
    private static final int LONGEST_ID = 128;
    private static final int LONGEST_NAME = 253;
    private static final int LONGEST_VERSION = 64;

    private final AgentReports agents;
    private final IngestTokens tokens;

    public IngestFeature(WebContext web, WebAccess webAccess, AgentReports agents) {
        this.agents = agents;
        this.tokens = new IngestTokens(webAccess, web.clock());
    }

    /** How many agents report and how many no longer do. */
    public MeterBinder metrics() {
        return new AgentMetrics(agents);
    }

    @Override
    public void register(RoutesConfig routes) {
        var api = new Api(routes, Api.ANYBODY);
        api.post(PATH + "metrics", this::environment, this::take);
        api.get(PATH + "agents/{server_id}", this::environment, this::last);
        api.delete(PATH + "agents/{server_id}", this::environment, this::removed);
    }

    private EnvironmentName environment(Context ctx) {
        var authorization = Optional.ofNullable(ctx.header("Authorization"));
        if (authorization.isEmpty()) {
            ctx.header("WWW-Authenticate", "Bearer");
        }
        return tokens.environment(authorization);
    }

    private void take(Context ctx) throws IOException {
        var environment = environment(ctx);
        var host = agents.take(environment, report(body(ctx)));
        ctx.status(202);
        JsonBodies.send(ctx, JsonBodies.object().put("host", host.orElse(null)));
    }

    private static JsonNode body(Context ctx) throws IOException {
        var bytes = ctx.contentLength() > LARGEST
                ? new byte[0]
                : ctx.bodyInputStream().readNBytes(LARGEST + 1);
        if (ctx.contentLength() > LARGEST || bytes.length > LARGEST) {
            throw new ProblemException(413, "a report has at most 64 KiB", Optional.empty());
        }
        var body = JsonBodies.large(bytes);
        if (!body.isObject()) {
            throw new ProblemException(400, "the report must be a JSON object with server_id", Optional.empty());
        }
        return body;
    }

    private static AgentReport report(JsonNode body) {
        var id = text(body, "server_id", LONGEST_ID);
        if (id.isEmpty()) {
            throw ProblemException.badRequest("server_id", "server_id is required");
        }
        return new AgentReport(id, text(body, "hostname", LONGEST_NAME), text(body, "version", LONGEST_VERSION));
    }

    private static String text(JsonNode body, String name, int longest) {
        var value = body.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return "";
        }
        var text = value.asText().strip();
        if (!value.isTextual() || text.length() > longest || text.chars().anyMatch(Character::isISOControl)) {
            throw ProblemException.badRequest(name, name + " must be a text of at most " + longest + " characters");
        }
        return text;
    }

    private void removed(Context ctx) {
        var environment = environment(ctx);
        var id = ctx.pathParam("server_id");
        if (!agents.forget(environment, id)) {
            throw never(environment);
        }
        ctx.status(204);
    }

    private static ProblemException never(EnvironmentName environment) {
        return ProblemException.notFound("no agent of " + environment + " has reported with this server_id");
    }

    private void last(Context ctx) {
        var environment = environment(ctx);
        var id = ctx.pathParam("server_id");
        var agent = agents.agent(environment, id).orElseThrow(() -> never(environment));
        JsonBodies.send(
                ctx,
                JsonBodies.object()
                        .put("last_seen", JsonBodies.time(agent.lastSeen()))
                        .put("version", agent.version())
                        .put("host", agent.host()));
    }
}
