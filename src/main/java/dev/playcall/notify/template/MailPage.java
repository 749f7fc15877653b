package dev.playcall.notify.template;

import dev.playcall.config.ReceiverConfig;
import dev.playcall.notify.event.Notification.Content;
import dev.playcall.notify.template.NotificationTemplates.Words;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** A message as a page: by the template of the receiver, else by ours. */
public final class MailPage {
    private static final TemplateRenderer OURS = ours();

    private MailPage() {}

    private static TemplateRenderer ours() {
        try (var in = MailPage.class.getResourceAsStream("mail.html")) {
            if (in == null) {
                throw new IllegalStateException("mail.html is missing");
            }
            var text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return switch (TemplateRenderer.read(new ReceiverConfig.Template("mail.html", "html", text), true)) {
                case TemplateRenderer.Compiled.Valid(var templateRenderer) -> templateRenderer;
                case TemplateRenderer.Compiled.Invalid(var why) -> throw new IllegalStateException("mail.html: " + why);
            };
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A text template without one for pages is shown as the text it is. */
    public static String of(Content c, Words words) {
        return words.html().orElseGet(() -> {
            var facts = TemplateModel.of(
                    c, new TemplateModel.Usual(words.title(), words.text().orElse("")), new TextBudget());
            facts.put("note", words.note());
            facts.put("own", words.text().isPresent());
            return OURS.fill(facts, new TextBudget());
        });
    }
}
