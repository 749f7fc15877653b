package dev.playcall.chat.discord;

import dev.playcall.chat.Answer;
import dev.playcall.chat.Channel;
import dev.playcall.chat.Choice;
import dev.playcall.chat.Form;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import net.dv8tion.jda.api.utils.data.DataArray;
import net.dv8tion.jda.api.utils.data.DataObject;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One interaction: its first answer has to come within three seconds and can be given once; what follows changes it.
 * When its token is dead the person is told in a direct message.
 */
final class Exchange {
    private static final Logger log = LoggerFactory.getLogger(Exchange.class);
    private static final Duration ACK = Duration.ofMillis(1200);
    /** A token lives fifteen minutes. */
    private static final Duration LIFE = Duration.ofMinutes(14);

    private static final int TRIES = 4;

    private static final int MESSAGE = 4;
    private static final int THINKING = 5;
    private static final int UPDATE_LATER = 6;
    private static final int CHOICES = 8;
    private static final int MODAL = 9;

    private final DiscordApi api;
    private final Posts posts;
    private final Pace pace;
    private final String application;
    private final String id;
    private final String token;
    private final String user;
    private final boolean replaces;
    private final AtomicBoolean begun = new AtomicBoolean();
    private final long since = System.nanoTime();

    /** @param replaces the answer takes the place of the message whose button was pressed */
    Exchange(DiscordApi api, Posts posts, Names names, Pace pace, boolean replaces) {
        this.pace = pace;
        this.api = api;
        this.posts = posts;
        this.application = names.application();
        this.id = names.id();
        this.token = names.token();
        this.user = names.user();
        this.replaces = replaces;
    }

    /** What Discord calls it. */
    record Names(String application, String id, String token, String user) {}

    /** Says that an answer will come, unless something was said already. */
    void defer() {
        if (begun.compareAndSet(false, true)) {
            first(
                    replaces
                            ? DataObject.empty().put("type", UPDATE_LATER)
                            : DataObject.empty()
                                    .put("type", THINKING)
                                    .put("data", DataObject.empty().put("flags", Look.EPHEMERAL)));
        }
    }

    /** Says it at once; for what needs no work. */
    void say(Look look) {
        if (begun.compareAndSet(false, true)) {
            first(DataObject.empty()
                    .put("type", MESSAGE)
                    .put("data", look.json().put("flags", Look.EPHEMERAL)));
        } else {
            change(look, Optional.empty());
        }
    }

    void choices(List<Choice> choices) {
        var all = DataArray.empty();
        choices.stream()
                .filter(c -> !c.value().isEmpty() && c.value().length() <= 100)
                .limit(25)
                .forEach(c -> all.add(DataObject.empty()
                        .put(
                                "name",
                                dev.playcall.chat.ForeignText.line(c.label().isBlank() ? c.value() : c.label(), 100))
                        .put("value", c.value())));
        first(DataObject.empty()
                .put("type", CHOICES)
                .put("data", DataObject.empty().put("choices", all)));
    }

    /** A form can only be the first thing that is said; later it is offered by a button. */
    void finish(Answer answer) {
        var form = answer.form();
        if (form.isPresent() && begun.compareAndSet(false, true)) {
            show(form.get());
            return;
        }
        defer();
        var look = Renderer.render(answer.message());
        change(look, answer.file());
        if (!answer.ephemeral()) {
            followUp(look);
        }
    }

    private void show(Form form) {
        first(DataObject.empty().put("type", MODAL).put("data", Modals.json(form)));
    }

    /** Tries a second time when the first got lost: if it had arrived, Discord says so. */
    private void first(DataObject body) {
        var path = "interactions/" + id + "/" + token + "/callback";
        var reply = api.post(path, body, ACK);
        if (reply instanceof Reply.Lost || reply instanceof Reply.NotSent) {
            reply = api.post(path, body, ACK);
        }
        if (!(reply instanceof Reply.Ok) && reply.code() != Codes.ALREADY_ACKNOWLEDGED) {
            log.warn("An interaction could not be acknowledged: {}", reply.why());
        }
    }

    /** Nobody else repeats this, so it is tried until it is sure; being asked to wait is no failure. */
    private void change(Look look, Optional<Path> file) {
        var attachment = file.flatMap(Exchange::attachment);
        var reply = changed(look, attachment);
        for (int failures = 0; failures < TRIES && isOpen(reply); ) {
            if (reply instanceof Reply.Slow(var after, var _)) {
                LockSupport.parkNanos(after.toNanos());
            } else {
                LockSupport.parkNanos(Duration.ofMillis(400L << failures++).toNanos());
            }
            reply = changed(look, attachment);
        }
        if (!(reply instanceof Reply.Ok)) {
            log.info("An answer cannot be given where it was asked for ({}), so it goes out directly", reply.why());
            tell(look, attachment);
        }
    }

    private boolean isOpen(Reply reply) {
        boolean alive = System.nanoTime() - since < LIFE.toNanos();
        return alive && !(reply instanceof Reply.Ok || reply instanceof Reply.No);
    }

    private Reply changed(Look look, Optional<Attachment> file) {
        pace.turn();
        return api.send("PATCH", hook() + "/messages/@original", look.json(), file);
    }

    private void tell(Look look, Optional<Attachment> file) {
        var sent = posts.direct(user)
                .map(Channel::place)
                .map(c -> api.send(
                        "POST",
                        "channels/" + c + "/messages",
                        look.json().put("nonce", "i" + id).put("enforce_nonce", true),
                        file));
        if (!(sent.orElse(null) instanceof Reply.Ok)) {
            log.warn(
                    "An answer reached nobody: {}", sent.map(Reply::why).orElse("the person takes no direct messages"));
        }
    }

    private void followUp(Look look) {
        pace.turn();
        var reply = api.post(hook(), look.withoutButtons().json());
        if (!(reply instanceof Reply.Ok)) {
            log.warn("A channel could not be told: {}", reply.why());
        }
    }

    private String hook() {
        return "webhooks/" + application + "/" + token;
    }

    static Optional<Attachment> attachment(Path file) {
        try {
            var name = file.getFileName();
            return Optional.of(Files.attachment(file, name == null ? "run.log" : name.toString()));
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
