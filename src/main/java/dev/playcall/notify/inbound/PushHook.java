package dev.playcall.notify.inbound;

import dev.playcall.notify.StandardWebhook;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/** Hears that somebody pushed: from GitHub, Gitea and Forgejo by their signature, from GitLab by its token. */
public final class PushHook {
    private static final String BRANCH = "refs/heads/";

    private final String secret;
    private final Predicate<String> followed;
    private final Runnable pushed;

    /**
     * @param followed whether a branch of this name is of interest
     * @param pushed has somebody look; must not take its time
     */
    public PushHook(String secret, Predicate<String> followed, Runnable pushed) {
        this.secret = secret;
        this.followed = followed;
        this.pushed = pushed;
    }

    /** @param headers with names in any case */
    public InboundHook.Reply handle(Map<String, String> headers, byte[] body) {
        var sent = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
        sent.putAll(headers);
        if (secret.isBlank() || !isKnown(sent, body)) {
            return InboundHook.Reply.problem(401, "signature or token does not match git.webhook_secret");
        }
        return switch (PostedJson.of(sent, body)) {
            case PostedJson.Invalid(var why) -> InboundHook.Reply.problem(400, why);
            case PostedJson.Valid(var json) -> receive(json.path("ref").asText());
        };
    }

    /** The same push posted again only has somebody look again. */
    private InboundHook.Reply receive(String ref) {
        if (!ref.startsWith(BRANCH) || !followed.test(ref.substring(BRANCH.length()))) {
            return reply("nothing to do: not a push to the configured branch");
        }
        pushed.run();
        return reply("fetching");
    }

    private static InboundHook.Reply reply(String message) {
        return new InboundHook.Reply(
                202, PostedJson.JSON.createObjectNode().put("message", message).toString());
    }

    private boolean isKnown(Map<String, String> headers, byte[] body) {
        var token = Optional.ofNullable(headers.get("X-Gitlab-Token")).orElse("");
        var signature = Optional.ofNullable(headers.get("X-Hub-Signature-256")).orElse("");
        return same(token, secret)
                || same(signature, "sha256=" + HexFormat.of().formatHex(StandardWebhook.hmac(bytes(secret), body)));
    }

    private static boolean same(String a, String b) {
        return MessageDigest.isEqual(bytes(a), bytes(b));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
