package dev.playcall.notify.template;

import dev.playcall.config.ReceiverConfig.Template;
import dev.playcall.config.ReceiverConfig.Templates;
import dev.playcall.domain.Truncate;
import dev.playcall.notify.event.Notification.Content;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How a receiver's messages are worded. A template that fails loses no message: what it should have said is said in the
 * usual words, and the message and the ledger say so.
 */
public final class NotificationTemplates {
    /** Without templates. */
    public static final NotificationTemplates USUAL =
            new NotificationTemplates(Optional.empty(), Optional.empty(), Optional.empty());

    private static final Logger log = LoggerFactory.getLogger(NotificationTemplates.class);
    private static final int TITLE = 500;
    private static final int BODY = 20_000;

    private final Optional<Slot> title;
    private final Optional<Slot> text;
    private final Optional<Slot> html;

    private NotificationTemplates(Optional<Slot> title, Optional<Slot> text, Optional<Slot> html) {
        this.title = title;
        this.text = text;
        this.html = html;
    }

    /** A template in its place; whether it was complained about already. */
    private record Slot(Template source, TemplateRenderer form, AtomicBoolean failureLogged) {}

    /**
     * What a message says.
     *
     * @param title one line
     * @param text what to say instead of the usual, if anything
     * @param html the same for a page, already escaped
     * @param note what went wrong with a template, empty when nothing did
     */
    public record Words(String title, Optional<String> text, Optional<String> html, String note) {
        /** The text, as usual where there is no other, cut, with the note under it. */
        public String body(Content c, int most) {
            int capacity = Math.max(100, most - (note.isEmpty() ? 0 : note.length() + 2));
            var body = text.map(t -> Truncate.of(t, capacity)).orElseGet(() -> DefaultTemplate.body(c, capacity));
            return note.isEmpty() ? body : Truncate.of(body + "\n\n" + note, most);
        }
    }

    /** What came of reading templates: words, or everything that is wrong, each with its place. */
    public sealed interface Built {
        record Valid(NotificationTemplates templates) implements Built {}

        record Invalid(List<String> problems) implements Built {
            public Invalid {
                problems = List.copyOf(problems);
            }
        }
    }

    /** Reads the templates and tries them with messages of every kind. */
    public static Built of(Templates templates) {
        var problems = new ArrayList<String>();
        var built = new NotificationTemplates(
                templates.title().flatMap(t -> slot(t, false, problems)),
                templates.text().flatMap(t -> slot(t, false, problems)),
                templates.html().flatMap(t -> slot(t, true, problems)));
        return problems.isEmpty() ? new Built.Valid(built) : new Built.Invalid(problems);
    }

    private static Optional<Slot> slot(Template t, boolean html, List<String> problems) {
        switch (TemplateRenderer.read(t, html)) {
            case TemplateRenderer.Compiled.Invalid(var why) -> {
                problems.add(t.place() + ": " + t.key() + ": " + why);
                return Optional.empty();
            }
            case TemplateRenderer.Compiled.Valid(var templateRenderer) -> {
                var slot = new Slot(t, templateRenderer, new AtomicBoolean());
                SampleNotifications.all().stream()
                        .flatMap(c -> filled(slot, c) instanceof Filled.Failed(var why)
                                ? Optional.of(why).stream()
                                : Optional.<String>empty().stream())
                        .findFirst()
                        .ifPresent(why -> problems.add(t.place() + ": " + t.key() + ": " + why));
                return Optional.of(slot);
            }
        }
    }

    private sealed interface Filled {
        record Text(String text) implements Filled {}

        record Failed(String why) implements Filled {}
    }

    private static Filled filled(Slot slot, Content c) {
        var textBudget = new TextBudget();
        try {
            var usual = new TemplateModel.Usual(DefaultTemplate.headline(c), DefaultTemplate.body(c, BODY));
            return new Filled.Text(slot.form().fill(TemplateModel.of(c, usual, textBudget), textBudget));
        } catch (RuntimeException e) {
            var cause = e.getCause() instanceof TextBudget.ExceededException inner ? inner : e;
            return new Filled.Failed(Truncate.of(String.valueOf(cause.getMessage()), 200));
        } catch (StackOverflowError e) {
            return new Filled.Failed("it has too many sections within sections");
        }
    }

    /** What is to be said of this. */
    public Words of(Content c) {
        var notes = new ArrayList<String>();
        var line = title.flatMap(t -> rendered(t, c, notes))
                .map(Truncate::line)
                .filter(t -> !t.isEmpty())
                .map(t -> marked(t, c));
        var words = text.flatMap(t -> rendered(t, c, notes)).map(String::strip).filter(t -> !t.isEmpty());
        var page = html.flatMap(t -> rendered(t, c, notes));
        return new Words(
                Truncate.of(line.orElseGet(() -> DefaultTemplate.headline(c)), TITLE),
                words,
                page,
                String.join("\n", notes));
    }

    /** What is only a test, or over, must not wake anybody up because a template forgot to say so. */
    private static String marked(String title, Content c) {
        boolean over = c.total() > 0 && c.open() + c.events() == 0;
        var filled = over && !title.toLowerCase(Locale.ROOT).contains("resolved") ? "Resolved: " + title : title;
        return c.test() && !filled.startsWith(DefaultTemplate.TEST) ? DefaultTemplate.TEST + filled : filled;
    }

    private static Optional<String> rendered(Slot slot, Content c, List<String> notes) {
        return switch (filled(slot, c)) {
            case Filled.Text(var text) -> Optional.of(text);
            case Filled.Failed(var why) -> {
                notes.add("(the template " + slot.source().key() + " failed; this is the default text)");
                if (slot.failureLogged().compareAndSet(false, true)) {
                    log.warn(
                            "Template {} ({}) failed: {}; messages use the default text",
                            slot.source().key(),
                            slot.source().place(),
                            why);
                }
                yield Optional.empty();
            }
        };
    }
}
