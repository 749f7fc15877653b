package dev.playcall.notify.wording;

import dev.playcall.config.Receiver;
import dev.playcall.notify.Parcel.Content;
import dev.playcall.notify.wording.Wording.Words;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** A message as a page: by the template of the receiver, else by ours. */
public final class MailPage {
    private static final Form OURS = ours();

    private MailPage() {}

    private static Form ours() {
        try (var in = MailPage.class.getResourceAsStream("mail.html")) {
            if (in == null) {
                throw new IllegalStateException("mail.html is missing");
            }
            var text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return switch (Form.read(new Receiver.Template("mail.html", "html", text), true)) {
                case Form.Read.Good(var form) -> form;
                case Form.Read.Bad(var why) -> throw new IllegalStateException("mail.html: " + why);
            };
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A text template without one for pages is shown as the text it is. */
    public static String of(Content c, Words words) {
        return words.html().orElseGet(() -> {
            var facts = Facts.of(c, new Facts.Usual(words.title(), words.text().orElse("")), new Budget());
            facts.put("note", words.note());
            facts.put("own", words.text().isPresent());
            return OURS.fill(facts, new Budget());
        });
    }
}
