package dev.playcall.chat;

import dev.playcall.catalog.Catalogs;
import dev.playcall.chat.Message.Block;
import dev.playcall.chat.Message.Button;
import dev.playcall.chat.Message.Tone;
import dev.playcall.chat.Message.Weight;
import dev.playcall.command.Caller;
import dev.playcall.command.Command;
import dev.playcall.command.Desk;
import dev.playcall.command.KeptSecrets;
import dev.playcall.command.Rights;
import dev.playcall.domain.Value;
import dev.playcall.journal.RunJournal;
import dev.playcall.notify.Alerts;
import dev.playcall.schedule.ScheduleStore;
import dev.playcall.security.AuditLog;
import dev.playcall.security.SecretText;
import dev.playcall.security.Vault;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Understands what people type and press, has it done, and says what came of it. */
public final class Conversation {
    private static final int TITLE = 24;

    private final Catalogs catalogs;
    private final DeskTalk deeds;
    private final RunCards cards;
    private final ChatStore store;
    private final Rights rights;
    private final Vault vault;
    private final SecretTalk secrets;
    private final Questions questions;
    private final Subscriptions subscriptions;
    private final Completion completion;
    private final Presses presses;
    private final TurnWords turns;
    private final Alerts alerts;

    public Conversation(
            Catalogs catalogs,
            RunJournal journal,
            Desk desk,
            RunCards cards,
            LogReader logs,
            ChatStore store,
            Rights rights,
            AuditLog audit,
            Vault vault,
            ScheduleStore schedules,
            Alerts alerts) {
        this.alerts = alerts;
        this.catalogs = catalogs;
        this.deeds = new DeskTalk(desk, cards);
        this.cards = cards;
        this.store = store;
        this.rights = rights;
        this.questions = new Questions(catalogs, journal, cards, logs, rights, audit, schedules, alerts);
        this.subscriptions = new Subscriptions(store, rights, audit, cards.clock());
        this.completion = new Completion(catalogs, journal, rights, cards.clock());
        this.vault = vault;
        this.secrets = new SecretTalk(desk, store, new KeptSecrets(rights, vault), cards.clock());
        this.presses = new Presses(journal);
        this.turns = new TurnWords(journal.read(), store, rights, audit, cards.clock());
    }

    /** A line as somebody typed it. */
    public Answer say(Caller caller, String text) {
        return vault.knows(text)
                ? Answer.refusal(Vault.KNOWN)
                : clean(answer(caller, grammar().parse(text)));
    }

    /** The same, cut into words by the platform. */
    public Answer say(Caller caller, List<String> words) {
        return words.stream().anyMatch(vault::knows)
                ? Answer.refusal(Vault.KNOWN)
                : clean(answer(caller, grammar().parse(words)));
    }

    private Answer clean(Answer answer) {
        return answer.map(vault::redact);
    }

    /** What has to be asked before these words can be done; looks at memory only and does nothing. */
    public boolean lacksSomething(List<String> words) {
        return switch (grammar().parse(words)) {
            case Grammar.Parsed.Deed(var command, var _, var _) ->
                command instanceof Command.Start start
                        && !missing(start).fields().isEmpty();
            case Grammar.Parsed.Secret(var arguments, var _) -> secrets.asks(arguments);
            default -> false;
        };
    }

    private Missing missing(Command.Start start) {
        return new Missing(catalogs.current(), vault, start);
    }

    private Grammar grammar() {
        return new Grammar(catalogs.current());
    }

    private Answer answer(Caller caller, Grammar.Parsed parsed) {
        return switch (parsed) {
            case Grammar.Parsed.Nothing() -> Answer.refusal("say what you want, for example help");
            case Grammar.Parsed.Wrong(var message) -> Answer.refusal(message);
            case Grammar.Parsed.Question(var name, var arguments) -> questions.answer(name, arguments, caller);
            case Grammar.Parsed.TellMe(var run) -> turns.answer(caller, run);
            case Grammar.Parsed.Here(var name, var arguments) ->
                subscriptions.answer(
                        name,
                        arguments,
                        caller,
                        catalogs.current(),
                        cards.clock().instant());
            case Grammar.Parsed.Secret(var arguments, var words) -> secrets.answer(caller, arguments, words);
            case Grammar.Parsed.Deed(var command, var words, var sure) ->
                ask(caller, command, words, sure).orElseGet(() -> deeds.handle(caller, command));
        };
    }

    /** What must be known before it is done, asked from the one who wants it. Who may not do it is not asked. */
    private Optional<Answer> ask(Caller caller, Command command, List<String> words, boolean sure) {
        if (command instanceof Command.StartBatch batch && !sure) {
            return new BatchQuestion(catalogs.current(), rights, vault, batch)
                    .ask(
                            caller,
                            ForeignText.line(String.join(" ", words), 300),
                            () -> store.keep(new Wish(
                                    caller.person(),
                                    words,
                                    Map.of(),
                                    cards.clock().instant())));
        }
        if (!(command instanceof Command.Start start)
                || rights.refusal(caller, start, catalogs.current()).isPresent()) {
            return Optional.empty();
        }
        var missing = missing(start);
        var clear = missing.inClear();
        if (clear.isPresent()) {
            return Optional.of(Answer.refusal(Vault.inClear(clear.get()) + ". Leave it out, then a form asks for it"));
        }
        var fields = missing.fields();
        if (!fields.isEmpty()) {
            return Optional.of(form(caller, start, words, fields));
        }
        return sure || !missing.wantsConfirmation() ? Optional.empty() : Optional.of(confirm(caller, start, words));
    }

    private Answer form(Caller caller, Command.Start start, List<String> words, List<Form.Field> fields) {
        long wish = keep(caller, start, words);
        var lacking = fields.stream()
                .filter(f -> f.required() && f.value().isEmpty())
                .map(Form.Field::name)
                .toList();
        var why = start.operation() + " needs " + String.join(", ", lacking);
        var typed = String.join(" ", words) + " " + lacking.getFirst() + "=…";
        var message = Message.of(
                new Block.Title(Tone.BAD, why),
                new Block.Buttons(
                        List.of(new Button("Fill in", new Action(Action.Kind.FILL, wish), typed, Weight.FIRST, ""))));
        var title = ForeignText.cut(start.operation() + " → " + start.environment(), TITLE - 1);
        return Answer.asking(message, Optional.of(new Form(wish, title, why, fields)));
    }

    private Answer confirm(Caller caller, Command.Start start, List<String> words) {
        long wish = keep(caller, start, words);
        var what = ForeignText.line(String.join(" ", words), 200);
        var message = Message.of(
                new Block.Title(
                        Tone.WAITING,
                        start.operation() + " → " + ForeignText.line(start.environment(), 60)
                                + " can do harm. Is it meant?"),
                new Block.Line(what),
                new Block.Buttons(List.of(
                        new Button("Yes, do it", new Action(Action.Kind.YES, wish), what + " --yes", Weight.DANGER, ""),
                        Button.plain("No", new Action(Action.Kind.NO, wish), ""))));
        return Answer.asking(message, Optional.empty());
    }

    private long keep(Caller caller, Command.Start start, List<String> words) {
        Map<String, String> given = new HashMap<>();
        start.variables().forEach((name, value) -> {
            if (value instanceof Value.Secret secret) {
                given.put(name, secret.ref());
            }
        });
        return store.keep(new Wish(caller.person(), words, given, cards.clock().instant()));
    }

    /** What a kept wish asks for, with the secrets that were given for it. */
    private Grammar.Parsed parsed(Wish wish, List<String> words) {
        var parsed = grammar().parse(words);
        if (!(parsed instanceof Grammar.Parsed.Deed(var c, var said, var sure))
                || !(c instanceof Command.Start start)) {
            return parsed;
        }
        Map<String, Object> variables = new HashMap<>(start.variables());
        wish.secrets().forEach((name, ref) -> variables.put(name, new Value.Secret(ref, Value.Secret.Way.VARIABLE)));
        return new Grammar.Parsed.Deed(start.with(variables), said, sure);
    }

    /** A button under a message. Everybody may press it; whether it is done is decided as for a typed command. */
    public Answer press(Caller caller, Action action) {
        return clean(
                switch (action.kind()) {
                    case CANCEL -> pressed(caller, new Command.Cancel(action.run()));
                    case RETRY -> pressed(caller, new Command.Retry(action.run()));
                    case PAUSE -> pressed(caller, new Command.PauseRun(action.run(), ""));
                    case RESUME -> pressed(caller, new Command.ResumeRun(action.run()));
                    case RERUN -> pressed(caller, new Command.Rerun(action.run()));
                    case APPROVE -> pressed(caller, new Command.Approve(action.run()));
                    case REJECT -> pressed(caller, new Command.Reject(action.run(), ""));
                    case TELL_ME -> turns.answer(caller, action.run());
                    case BATCH_REST -> pressed(caller, new Command.CancelBatch(action.subject(), true));
                    case BATCH_CANCEL -> pressed(caller, new Command.CancelBatch(action.subject(), false));
                    case BATCH_RETRY -> pressed(caller, new Command.RetryBatch(action.subject(), Command.Why.SAME));
                    case ACK -> pressed(caller, new Command.Acknowledge(List.of(action.subject())));
                    case ACK_ALL -> pressed(caller, new Command.Acknowledge(alerts.ofGroup(action.subject())));
                    case ACT -> pressed(caller, new Command.Act(action.subject()));
                    case LOG, FULL_LOG, DETAILS -> questions.pressed(action, caller);
                    case YES, NO, FILL -> kept(caller, action);
                });
    }

    private Answer pressed(Caller caller, Command command) {
        return deeds.handle(presses.caller(caller, command), command);
    }

    private Answer kept(Caller caller, Action action) {
        var wish = store.look(action.subject());
        if (wish.isEmpty()) {
            return Answer.refusal("that was answered already, or is too long ago; say it once more");
        }
        if (!wish.get().by().equals(caller.person())) {
            return Answer.refusal("that is for " + cards.name(wish.get().by()) + " to answer");
        }
        return switch (action.kind()) {
            case FILL -> answer(caller, parsed(wish.get(), wish.get().words()));
            case NO -> {
                store.take(action.subject());
                yield Answer.told(Message.line(Tone.PLAIN, "Left alone; nothing was done."));
            }
            default ->
                store.take(action.subject())
                        .map(w -> answer(caller, parsed(w, with(w.words(), "--yes"))))
                        .orElseGet(() -> Answer.refusal("that was answered already"));
        };
    }

    private static List<String> with(List<String> words, String more) {
        var all = new ArrayList<>(words);
        all.add(more);
        return all;
    }

    /** A form was filled in; empty values count as not given. */
    public Answer submit(Caller caller, long number, Map<String, String> values) {
        var wish = store.look(number).filter(w -> w.by().equals(caller.person()));
        if (wish.isEmpty()) {
            return Answer.refusal("that form is too old; say it once more");
        }
        return clean(
                switch (parsed(wish.get(), wish.get().words())) {
                    case Grammar.Parsed.Secret(var arguments, var _) ->
                        secrets.submit(caller, number, arguments, values);
                    case Grammar.Parsed.Deed(var command, var words, var sure)
                    when command instanceof Command.Start s -> submit(caller, s, words, sure, values);
                    default -> Answer.refusal("that form is too old; say it once more");
                });
    }

    private Answer submit(
            Caller caller, Command.Start start, List<String> words, boolean sure, Map<String, String> values) {
        Map<String, Object> variables = new HashMap<>(start.variables());
        var all = new ArrayList<>(words);
        var missing = missing(start);
        for (var entry : values.entrySet()) {
            var name = entry.getKey();
            boolean secret = missing.isSecret(name);
            if (!entry.getValue().isBlank()) {
                variables.put(name, secret ? vault.keep(new SecretText(entry.getValue())) : entry.getValue());
            }
            if (!secret) {
                all.add(name + "=" + entry.getValue());
            }
        }
        var full = start.with(variables);
        return ask(caller, full, all, sure).orElseGet(() -> deeds.handle(caller, full));
    }

    /** See {@link Completion#of}. */
    public List<Choice> complete(
            Caller caller, String command, String option, Map<String, String> others, String typed) {
        return completion.of(caller, command, option, others, typed);
    }

    /** Every command there is now. */
    public List<CommandEntry> commands() {
        return CommandCatalogue.of(catalogs.current());
    }

    /** What one person sees on a page of their own: what is where, and their last runs. */
    public Message home(Caller caller) {
        return questions.home(caller).map(vault::redact);
    }
}
