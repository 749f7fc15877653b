package dev.playcall.chat.message;

import dev.playcall.chat.message.Message.Block;
import dev.playcall.chat.message.Message.Tone;
import dev.playcall.domain.format.TextFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What a phone shows of a message before anybody opens it: what failed, on which host. */
public final class NotificationText {
    private static final int WIDTH = 60;

    private NotificationText() {}

    /** All that a message says first, in plain words; never empty. */
    public static String of(Message message) {
        var failure = failure(message);
        var lead = lead(message);
        if (failure.isEmpty()) {
            return lead.orElseGet(() -> words(message));
        }
        var bad = title(message).filter(t -> t.tone() == Tone.BAD);
        return bad.map(t -> joined(sign(t.tone()) + t.text(), failure.get()))
                .or(() -> title(message).filter(t -> t.tone() != Tone.PLAIN).map(t -> sign(t.tone()) + t.text()))
                .orElseGet(() -> text(failure.get()));
    }

    /** Host and task of a failure, where no title of the message says more than the name of a play. */
    public static Optional<String> failureWithoutTitle(Message message) {
        boolean titled = title(message).filter(t -> t.tone() != Tone.PLAIN).isPresent();
        return titled ? Optional.empty() : failure(message).map(NotificationText::text);
    }

    /** What stands before a title of this tone. */
    public static String sign(Tone tone) {
        return switch (tone) {
            case GOOD -> "✅ ";
            case BAD -> "❌ ";
            case BUSY -> "▶️ ";
            case WAITING -> "⏳ ";
            case PLAIN -> "";
        };
    }

    private static Optional<Block.Title> title(Message message) {
        return message.blocks().stream()
                .flatMap(b -> b instanceof Block.Title t ? Stream.of(t) : Stream.<Block.Title>empty())
                .reduce((a, b) -> a.tone() == Tone.PLAIN ? b : a);
    }

    private static Optional<String> lead(Message message) {
        return message.blocks().stream()
                .flatMap(b -> switch (b) {
                    case Block.Title(var tone, var title) -> Stream.of(sign(tone) + title);
                    case Block.Line(var line) -> Stream.of(line);
                    case Block.Bar _,
                            Block.Table _,
                            Block.Code _,
                            Block.Failure _,
                            Block.Buttons _,
                            Block.Mentions _,
                            Block.Next _ -> Stream.<String>empty();
                })
                .filter(t -> !t.isBlank())
                .findFirst();
    }

    private static Optional<Block.Failure> failure(Message message) {
        return message.blocks().stream()
                .flatMap(b -> b instanceof Block.Failure f ? Stream.of(f) : Stream.<Block.Failure>empty())
                .findFirst();
    }

    /** What the title says already is not said twice: a phone shows a hundred characters. */
    private static String joined(String title, Block.Failure failure) {
        boolean names =
                title.contains(failure.task()) && failure.hosts().stream().anyMatch(title::contains);
        return names ? title + failureLine(failure) : title + ": " + text(failure);
    }

    private static String text(Block.Failure failure) {
        return hosts(failure.hosts()) + ": " + failure.task() + failureLine(failure);
    }

    private static String failureLine(Block.Failure failure) {
        return failure.message().isBlank() ? "" : ": " + failure.message();
    }

    private static String hosts(List<String> hosts) {
        return TextFormat.list(hosts, 1);
    }

    /** Whatever it says, in one line, where it has no title. */
    private static String words(Message message) {
        var text = new TextRenderer(WIDTH, false).render(message).strip();
        return text.isEmpty() ? "Playcall" : text;
    }
}
