package dev.playcall.notify.inbound;

import com.fasterxml.jackson.databind.JsonNode;
import dev.playcall.config.Config;
import dev.playcall.config.NotifyConfig;
import dev.playcall.domain.format.TextFormat;
import dev.playcall.notify.dispatch.Outbox;
import dev.playcall.notify.event.NotifyStore.Intake;
import dev.playcall.notify.event.NotifyStore.Origin;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/** One source that posts to us: checks who it is, understands the body, and answers once everything good is kept. */
public final class InboundHook {
    private static final int LARGEST = 1024 * 1024;
    /** Alertmanager puts a whole group into one post and throws it away when it is refused. */
    private static final int LARGEST_STORM = 8 * LARGEST;

    private final String name;
    private final NotifyConfig.Kind kind;
    private final NotifyConfig.Source source;
    private final Outbox outbox;
    private final Clock clock;
    private final boolean trusted;

    public InboundHook(String name, NotifyConfig.Source source, Outbox outbox, Clock clock) {
        this(name, source, outbox, clock, false);
    }

    /** For a caller that was asked already who it is. */
    public static InboundHook trusted(String name, Outbox outbox, Clock clock) {
        var nothing = new Config.Secret("");
        return new InboundHook(
                name, new NotifyConfig.Source(NotifyConfig.Kind.NOTICES, nothing, nothing), outbox, clock, true);
    }

    private InboundHook(String name, NotifyConfig.Source source, Outbox outbox, Clock clock, boolean trusted) {
        this.trusted = trusted;
        this.name = name;
        this.kind = source.kind();
        this.source = source;
        this.outbox = outbox;
        this.clock = clock;
    }

    /** What is answered: a status of HTTP and a JSON body. */
    public record Reply(int status, String body) {
        static Reply problem(int status, String detail) {
            var json = PostedJson.JSON
                    .createObjectNode()
                    .put("title", "rejected")
                    .put("status", status)
                    .put("detail", detail);
            return new Reply(status, json.toString());
        }
    }

    /** @param headers with names in any case */
    public Reply handle(Map<String, String> headers, byte[] body) {
        return handle(headers, body, "");
    }

    /** @param owner whose keys are in it, where more than one person posts to the same hook */
    public Reply handle(Map<String, String> headers, byte[] body, String owner) {
        var sent = new java.util.TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
        sent.putAll(headers);
        var proof = trusted ? new Proof.Token() : Proof.of(source, sent, body, clock.instant());
        if (proof instanceof Proof.None && source.secret().isEmpty()) {
            return unauthorized();
        }
        int most = kind == NotifyConfig.Kind.ALERTMANAGER ? LARGEST_STORM : LARGEST;
        if (body.length > most) {
            return Reply.problem(
                    413, "the body is larger than " + TextFormat.size(most) + ", which is the limit of " + name);
        }
        // A signature is one of the whole body, so it cannot be right where more came than was read.
        if (proof instanceof Proof.None) {
            return unauthorized();
        }
        return switch (PostedJson.of(sent, body)) {
            case PostedJson.Invalid(var why) -> Reply.problem(400, why);
            case PostedJson.Valid(var json) ->
                switch (proof) {
                    case Proof.Signed(var id, var until) ->
                        take(read(json, sent, Optional.of(id), owner), new Origin.SignedPost(name + "/" + id, until));
                    case Proof.Token _, Proof.None _ ->
                        take(read(json, sent, Optional.empty(), owner), new Origin.Somewhere());
                };
        };
    }

    private Reply unauthorized() {
        return Reply.problem(401, "the token or the signature is not that of " + name);
    }

    private InboundResult read(JsonNode json, Map<String, String> headers, Optional<String> post, String owner) {
        var now = clock.instant();
        var key = post.orElseGet(() -> key(headers));
        return switch (kind) {
            case NOTICES -> new NotificationsReader(name, owner, key, headers, now).read(json);
            case JSON ->
                source.form()
                        .map(f -> new JsonFormReader(name, f, key, now).read(json))
                        .orElseGet(() -> InboundResult.bad("/: notify.sources." + name + ".map is not set"));
            case ALERTMANAGER -> new AlertmanagerReader(name, now).read(json);
            case GITHUB ->
                new GithubReader(
                                name,
                                header(headers, "X-GitHub-Event"),
                                post.orElseGet(() -> header(headers, "X-GitHub-Delivery")),
                                now)
                        .read(json);
        };
    }

    /** What names this request, so that the same one sent again is the same; for those whose headers can be believed. */
    private static String key(Map<String, String> headers) {
        return Stream.of("Idempotency-Key", "webhook-id")
                .map(h -> header(headers, h))
                .filter(v -> !v.isBlank() && v.length() <= 200)
                .findFirst()
                .orElseGet(() -> UUID.randomUUID().toString());
    }

    private static String header(Map<String, String> headers, String name) {
        return Optional.ofNullable(headers.get(name)).orElse("");
    }

    private Reply take(InboundResult inboundResult, Origin origin) {
        List<Intake> taken =
                inboundResult.notices().isEmpty() ? List.of() : outbox.take(inboundResult.notices(), origin);
        long clashes = taken.stream().filter(t -> t == Intake.CLASH).count();
        var answer = PostedJson.JSON
                .createObjectNode()
                .put("accepted", taken.stream().filter(t -> t == Intake.NEW).count())
                .put("known", taken.stream().filter(t -> t == Intake.AGAIN).count());
        if (inboundResult.problems().isEmpty() && clashes == 0) {
            return new Reply(202, answer.toString());
        }
        int status = clashes > 0 && inboundResult.problems().isEmpty() ? 409 : 400;
        answer.put("title", "only part was accepted").put("status", status).put("clashes", clashes);
        var problems = answer.putArray("problems");
        inboundResult.problems().forEach(problems::add);
        if (clashes > 0) {
            problems.add("this idempotency key was already used for a different event");
        }
        answer.put("detail", problems.path(0).asText());
        return new Reply(status, answer.toString());
    }
}
