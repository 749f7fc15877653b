package dev.playcall.web.server;

import dev.playcall.web.http.Forms;
import dev.playcall.web.security.Pages;
import dev.playcall.web.security.SecurityFilter;
import dev.playcall.web.server.ConfirmationView.Field;
import io.javalin.http.Context;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Asks whether somebody is sure before a form does what it says, where no script has asked them: a form that wants that brings
 * its question along, and a script that has asked leaves it out.
 */
final class ConfirmationFilter {
    private static final String QUESTION = "ask";
    private static final String REASON = "ask-reason";
    private static final String KEY = "key";
    private static final Set<String> OURS = Set.of(QUESTION, REASON, SecurityFilter.PROOF);
    private static final int LONGEST = 300;

    private final Pages pages;

    ConfirmationFilter(Pages pages) {
        this.pages = pages;
    }

    /** Only of those who came through the gate: what is posted for others is not read here. */
    void check(Context ctx) {
        if (!ctx.method().name().equals("POST") || SecurityFilter.callerOf(ctx).isEmpty()) {
            return;
        }
        var question = Forms.text(ctx, QUESTION).filter(q -> !q.isBlank() && q.length() <= LONGEST);
        if (question.isPresent()) {
            var reason =
                    Forms.text(ctx, REASON).filter(r -> r.length() <= LONGEST).orElse("");
            pages.show(
                    ctx,
                    "server/confirmation.jte",
                    new ConfirmationView(question.get(), ctx.path(), fields(ctx), reason, back(ctx)));
            ctx.skipRemainingHandlers();
        }
    }

    /** The key makes one action of two presses. */
    private static List<Field> fields(Context ctx) {
        var fields = new ArrayList<Field>();
        Forms.all(ctx).forEach((name, values) -> {
            if (!OURS.contains(name)) {
                values.forEach(v -> fields.add(new Field(name, v)));
            }
        });
        if (fields.stream().noneMatch(f -> f.name().equals(KEY))) {
            fields.add(new Field(KEY, UUID.randomUUID().toString()));
        }
        return fields;
    }

    private static String back(Context ctx) {
        try {
            return Optional.ofNullable(ctx.header("Referer"))
                    .map(URI::create)
                    .filter(r ->
                            r.getRawAuthority() != null && r.getRawAuthority().equals(ctx.header("Host")))
                    .map(r -> r.getRawPath() + (r.getRawQuery() == null ? "" : "?" + r.getRawQuery()))
                    .filter(p -> p.startsWith("/") && !p.startsWith("//"))
                    .orElse("/");
        } catch (IllegalArgumentException e) {
            return "/";
        }
    }
}
