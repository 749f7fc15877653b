package dev.playcall.chat.conversation;

import dev.playcall.chat.card.RunCards;
import dev.playcall.chat.message.Action;
import dev.playcall.chat.message.Answer;
import dev.playcall.chat.message.Answer.Form;
import dev.playcall.chat.message.ChatStore;
import dev.playcall.chat.message.ChatStore.PendingRequest;
import dev.playcall.chat.message.Message;
import dev.playcall.chat.message.Message.Block;
import dev.playcall.chat.message.Message.Button;
import dev.playcall.chat.message.Message.Tone;
import dev.playcall.chat.message.Message.Weight;
import dev.playcall.chat.message.UntrustedText;
import dev.playcall.command.Caller;
import dev.playcall.command.CommandHandler;
import dev.playcall.command.RefusalLog;
import dev.playcall.command.Reply;
import dev.playcall.command.SecretCommand;
import dev.playcall.command.access.StoredSecrets;
import dev.playcall.domain.format.TextFormat;
import dev.playcall.domain.name.EnvironmentName;
import dev.playcall.domain.name.Suggestion;
import dev.playcall.security.secret.SecretInfo;
import dev.playcall.security.secret.SecretKind;
import dev.playcall.security.secret.SecretRef;
import dev.playcall.security.secret.SecretText;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Secrets in chat: a value comes through a form that only its author sees, never through what is typed. */
final class SecretConversation {
    private static final String VALUE = "value";
    private static final List<String> ACTIONS = List.of("set", "list", "remove", "rotate-key");
    private static final String IN_CLEAR = "never send a secret value to a channel. Everyone who saw it knows it now:"
            + " rotate it. Type only secret set NAME; a form asks for the value";

    private final CommandHandler commands;
    private final ChatStore store;
    private final StoredSecrets kept;
    private final RefusalLog refusalLog;
    private final RunCards cards;
    private final Clock clock;

    SecretConversation(
            CommandHandler commands, ChatStore store, StoredSecrets kept, RefusalLog refusalLog, RunCards cards) {
        this.refusalLog = refusalLog;
        this.commands = commands;
        this.store = store;
        this.kept = kept;
        this.cards = cards;
        this.clock = cards.clock();
    }

    /** What was asked for, once it is understood. */
    private record Asked(String action, SecretRef ref, SecretKind kind, String limit) {}

    /** What was asked for, or why not. */
    private sealed interface Parsed {
        record Valid(Asked asked) implements Parsed {}

        record Invalid(String why) implements Parsed {}
    }

    static Stream<String> choices(String option) {
        return switch (option) {
            case "action" -> ACTIONS.stream();
            case "kind" -> SecretKind.settable().stream().map(SecretKind::word);
            default -> Stream.empty();
        };
    }

    /** Whether the answer will be a form. */
    boolean asks(List<String> arguments) {
        return read(arguments) instanceof Parsed.Valid(var asked)
                && asked.action().equals("set");
    }

    Answer answer(Caller caller, List<String> arguments, List<String> words) {
        if (arguments.equals(List.of("list"))) {
            return list(caller);
        }
        return switch (read(arguments)) {
            case Parsed.Invalid(var why) -> Answer.refusal(why);
            case Parsed.Valid(var asked) ->
                switch (asked.action()) {
                    case "remove" -> answer(commands.handle(new SecretCommand.RemoveSecret(asked.ref()), caller));
                    case "rotate-key" ->
                        answer(commands.handle(new SecretCommand.RotateKey(asked.ref(), asked.limit()), caller));
                    default -> form(caller, asked, words);
                };
        };
    }

    private Answer list(Caller caller) {
        var rows = kept.of(caller).stream().map(this::row).toList();
        return rows.isEmpty()
                ? Answer.of(Message.line(Tone.PLAIN, "No secrets yet. Try: secret set db_password production"))
                : Answer.of(Message.of(new Block.Table(List.of("Secret", "Kind", "Set by", "Age"), rows)));
    }

    private List<String> row(SecretInfo info) {
        var age = TextFormat.duration(java.time.Duration.between(info.at(), clock.instant()));
        return List.of(info.ref().toString(), info.kind().word(), cards.name(info.by()), age);
    }

    private static Parsed read(List<String> arguments) {
        var words = new ArrayList<>(arguments);
        var action = words.isEmpty() ? "" : words.removeFirst();
        if (!ACTIONS.contains(action) || action.equals("list")) {
            var near = Suggestion.of(action, ACTIONS).map(n -> "; did you mean " + n + "?");
            return new Parsed.Invalid(
                    "secret set NAME [env], secret list, secret remove NAME [env] or secret rotate-key NAME [env]"
                            + near.orElse(""));
        }
        Optional<String> kind = option(words, "--kind");
        Optional<String> environment = option(words, "--env");
        var limit = option(words, "--limit").orElse("");
        if (words.isEmpty() || words.size() > (environment.isPresent() ? 1 : 2)) {
            return new Parsed.Invalid(words.isEmpty() ? "which secret? secret " + action + " db_password" : IN_CLEAR);
        }
        var name = words.getFirst();
        var where = environment.or(() -> words.size() == 2 ? Optional.of(words.getLast()) : Optional.empty());
        if (!SecretRef.isName(name)
                || where.filter(e -> !EnvironmentName.isValid(e)).isPresent()) {
            return new Parsed.Invalid(
                    name.contains("=") || words.size() == 2
                            ? IN_CLEAR
                            : "a secret name starts with a letter and contains only letters, digits and _ . -");
        }
        var known = SecretKind.of(kind.orElse(SecretKind.TEXT.word()));
        return known.<Parsed>map(k -> new Parsed.Valid(
                        new Asked(action, new SecretRef(where.map(EnvironmentName::new), name), k, limit)))
                .orElseGet(() -> new Parsed.Invalid("the kind must be " + SecretKind.words()));
    }

    private static Optional<String> option(List<String> words, String name) {
        int at = words.indexOf(name);
        if (at < 0 || at + 1 >= words.size()) {
            return Optional.empty();
        }
        var value = words.remove(at + 1);
        words.remove(at);
        return Optional.of(value);
    }

    /** Who may not set it is asked for nothing, and nothing waits for them. */
    private static Message fillIn(String why, long request, List<String> words) {
        var button =
                new Button("Fill in", new Action(Action.Kind.FILL, request), String.join(" ", words), Weight.FIRST, "");
        return Message.of(new Block.Title(Tone.WAITING, why), new Block.Buttons(List.of(button)));
    }

    private Answer form(Caller caller, Asked asked, List<String> words) {
        var refusal = kept.refusal(caller, asked.ref());
        if (refusal.isPresent()) {
            refusalLog.note(caller, "secret.set", asked.ref().toString(), refusal.get());
            return Answer.refusal(refusal.get().line());
        }
        if (caller.origin().channel().startsWith("console")) {
            var scope = asked.ref().environment().map(e -> " --env " + e).orElse("");
            return Answer.refusal("a terminal cannot show a form; type ./playcall secret set "
                    + asked.ref().name() + scope + " in a shell, which reads the value without echo");
        }
        long request = store.keep(new PendingRequest(caller.person(), words, Map.of(), clock.instant()));
        var why = "The value of " + asked.ref() + " is stored encrypted and never shown again";
        var field = new Form.Field(VALUE, asked.kind().word(), List.of(), Optional.empty(), true, true);
        var title = UntrustedText.cut("Secret " + asked.ref().name(), 23);
        return Answer.asking(
                fillIn(why, request, words), Optional.of(new Form(request, title, why, List.of(field), "Save")));
    }

    /** The form was filled in. */
    Answer submit(Caller caller, long request, List<String> arguments, Map<String, String> values) {
        var value = Optional.ofNullable(values.get(VALUE)).filter(v -> !v.isBlank());
        if (value.isEmpty() || !(read(arguments) instanceof Parsed.Valid(var asked))) {
            return Answer.refusal("the value is empty; nothing was saved");
        }
        var reply = commands.handle(
                new SecretCommand.SetSecret(asked.ref(), asked.kind(), new SecretText(value.get())), caller);
        if (reply instanceof Reply.Done) {
            store.take(request);
        }
        return answer(reply);
    }

    private static Answer answer(Reply reply) {
        return switch (reply) {
            case Reply.Done(var message) -> Answer.of(Message.line(Tone.GOOD, message));
            case Reply.Invalid invalid -> Answer.refusal(invalid.line());
            case Reply.NotFound(var message) -> Answer.refusal(message);
            case Reply.Denied denied -> Answer.refusal(denied.line());
            case Reply.TooMany(var message, var _) -> Answer.refusal(message);
            case Reply.Conflict(var message) -> Answer.refusal(message);
            case Reply.Unavailable(var message) -> Answer.refusal(message);
            case Reply.Accepted(var run) ->
                Answer.of(Message.line(
                        Tone.GOOD,
                        run.id() + " gives the hosts the new key: show "
                                + run.id().value()));
            case Reply.Duplicate _, Reply.TooLate _, Reply.Scheduled _, Reply.Batched _, Reply.Detailed _ ->
                Answer.refusal("nothing was done");
        };
    }
}
