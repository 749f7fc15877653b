package dev.playcall.chat.message;

import dev.playcall.config.ReceiverConfig.Mention;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** What is said in a channel, without a word about how a platform shows it. */
public record Message(List<Block> blocks) {
    public Message {
        blocks = List.copyOf(blocks);
    }

    public static Message of(Block... blocks) {
        return new Message(List.of(blocks));
    }

    /** A message of one line. */
    public static Message line(Tone tone, String text) {
        return of(new Block.Title(tone, text));
    }

    /** Without this headline, which stands above it; what a title says beyond it stays. */
    public Message withoutTitle(String headline) {
        return new Message(blocks.stream()
                .map(b -> b instanceof Block.Title title ? title.beyond(headline) : b)
                .filter(b -> !(b instanceof Block.Title(var _, var text)) || !text.isEmpty())
                .toList());
    }

    /** How something is going; a platform may show it as a colour or a sign. */
    public enum Tone {
        GOOD,
        BAD,
        BUSY,
        WAITING,
        PLAIN
    }

    /** A part of a message. */
    public sealed interface Block {

        /** The first line: what a phone shows in its notification. */
        record Title(Tone tone, String text) implements Block {
            /** What it says after this headline; the whole where it does not begin with it. */
            private Title beyond(String headline) {
                return text.equals(headline) || text.startsWith(headline + " – ")
                        ? new Title(tone, text.substring(headline.length()).replaceFirst("^ – ", ""))
                        : this;
            }
        }

        record Line(String text) implements Block {}

        /** {@code total} is 0 when nobody knows how much there will be. */
        record Bar(int done, int total) implements Block {}

        record Table(List<String> header, List<List<String>> rows) implements Block {
            public Table {
                header = List.copyOf(header);
                rows = rows.stream().map(List::copyOf).toList();
            }
        }

        /** Output of a program, as it was. */
        record Code(String text) implements Block {}

        /** Hosts that failed in the same way. */
        record Failure(String task, List<String> hosts, String message) implements Block {
            public Failure {
                hosts = List.copyOf(hosts);
            }
        }

        /** What can be done about it: buttons where there are buttons, else what to type. */
        record Buttons(List<Button> buttons) implements Block {
            public Buttons {
                buttons = List.copyOf(buttons);
            }
        }

        /** Who is called by this message; texts call nobody, whatever stands in them. */
        record Mentions(List<Mention> who) implements Block {
            public Mentions {
                who = List.copyOf(who);
            }
        }

        /** What to type next. */
        record Next(List<String> commands) implements Block {
            public Next {
                commands = List.copyOf(commands);
            }
        }
    }

    /**
     * Something to press.
     *
     * @param label at most 40 characters
     * @param typed the command that does the same
     * @param confirm question to ask before, empty for none
     */
    public record Button(String label, Action action, String typed, Weight weight, String confirm) {
        Button map(UnaryOperator<String> words) {
            return new Button(words.apply(label), action, words.apply(typed), weight, words.apply(confirm));
        }

        public static Button plain(String label, Action action, String typed) {
            return new Button(label, action, typed, Weight.PLAIN, "");
        }
    }

    /** How a button looks. */
    public enum Weight {
        PLAIN,
        /** What most people will want. */
        FIRST,
        DANGER
    }

    /** The same with other texts. */
    public Message map(UnaryOperator<String> words) {
        return new Message(blocks.stream().map(b -> map(b, words)).toList());
    }

    private static Block map(Block block, UnaryOperator<String> words) {
        return switch (block) {
            case Block.Title(var tone, var text) -> new Block.Title(tone, words.apply(text));
            case Block.Line(var text) -> new Block.Line(words.apply(text));
            case Block.Bar bar -> bar;
            case Block.Table(var header, var rows) ->
                new Block.Table(
                        header,
                        rows.stream().map(r -> r.stream().map(words).toList()).toList());
            case Block.Code(var text) -> new Block.Code(words.apply(text));
            case Block.Failure(var task, var hosts, var message) ->
                new Block.Failure(words.apply(task), hosts, words.apply(message));
            case Block.Buttons(var buttons) ->
                new Block.Buttons(buttons.stream().map(b -> b.map(words)).toList());
            case Block.Mentions mentions -> mentions;
            case Block.Next(var commands) ->
                new Block.Next(commands.stream().map(words).toList());
        };
    }

    /** Everybody who is called by it. */
    public List<Mention> mentions() {
        return blocks.stream()
                .flatMap(b -> b instanceof Block.Mentions(var who) ? who.stream() : Stream.of())
                .toList();
    }

    /** The first line as plain text: what a telephone shows. */
    public String headline() {
        return blocks.stream()
                .flatMap(b -> b instanceof Block.Title(var _, var text) ? Stream.of(text) : Stream.empty())
                .findFirst()
                .orElse("");
    }
}
