package dev.playcall.chat.conversation;

import dev.playcall.catalog.Catalogs;
import dev.playcall.chat.card.RunCards;
import dev.playcall.chat.command.CommandCatalogue;
import dev.playcall.chat.command.CommandEntry;
import dev.playcall.chat.command.CommandParser;
import dev.playcall.chat.message.Action;
import dev.playcall.chat.message.Answer;
import dev.playcall.chat.message.Answer.Form;
import dev.playcall.chat.message.Channel;
import dev.playcall.chat.message.ChatStore;
import dev.playcall.chat.message.ChatStore.PendingRequest;
import dev.playcall.chat.message.Choice;
import dev.playcall.chat.message.Message;
import dev.playcall.chat.message.Message.Block;
import dev.playcall.chat.message.Message.Button;
import dev.playcall.chat.message.Message.Tone;
import dev.playcall.chat.message.Message.Weight;
import dev.playcall.chat.message.UntrustedText;
import dev.playcall.chat.query.Queries;
import dev.playcall.chat.query.Queries.QuerySources;
import dev.playcall.command.AlertCommand;
import dev.playcall.command.BatchCommand;
import dev.playcall.command.Caller;
import dev.playcall.command.Command;
import dev.playcall.command.CommandHandler;
import dev.playcall.command.RefusalLog;
import dev.playcall.command.Rights;
import dev.playcall.command.RunCommand;
import dev.playcall.command.StartCommand;
import dev.playcall.command.access.StoredSecrets;
import dev.playcall.command.rollout.HostReach;
import dev.playcall.domain.Value;
import dev.playcall.domain.name.EnvironmentName;
import dev.playcall.domain.name.RunId;
import dev.playcall.notify.alert.Alerts;
import dev.playcall.security.audit.AuditLog;
import dev.playcall.security.secret.SecretService;
import dev.playcall.security.secret.SecretText;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Understands what people type and press, has it done, and says what came of it. */
public final class ChatService {
    private static final int TITLE = 24;

    private final Catalogs catalogs;
    private final CommandResponder responder;
    private final RunCards cards;
    private final PendingRequests pending;
    private final ChatStore store;
    private final Rights rights;
    private final SecretService secretService;
    private final SecretConversation secrets;
    private final Queries queries;
    private final Subscriptions subscriptions;
    private final Completion completion;
    private final ButtonDeduplicator buttonDeduplicator;
    private final RejectionForm rejections;
    private final LinkPreview linkPreview;
    private final StartReminders turns;
    private final Alerts alerts;
    private final HostReach reach;

    public ChatService(
            QuerySources sources,
            CommandHandler commands,
            RunCards cards,
            ChatStore store,
            Rights rights,
            AuditLog audit,
            SecretService secrets,
            HostReach reach) {
        var journal = sources.journal();
        this.reach = reach;
        this.alerts = sources.alerts();
        this.catalogs = sources.catalogs();
        this.pending = new PendingRequests(store, secrets, cards.clock());
        this.responder = new CommandResponder(commands, cards, pending);
        this.cards = cards;
        this.store = store;
        this.rights = rights;
        this.queries = new Queries(sources, cards, rights, audit);
        this.subscriptions = new Subscriptions(store, rights, audit, cards.clock());
        this.completion = new Completion(sources, rights, cards.clock());
        this.secretService = secrets;
        this.secrets = new SecretConversation(
                commands, store, new StoredSecrets(rights, secrets), new RefusalLog(audit, cards.clock()), cards);
        this.buttonDeduplicator = new ButtonDeduplicator(journal);
        this.rejections = new RejectionForm(journal.read(), store, rights, cards.clock());
        this.linkPreview = new LinkPreview(journal.read(), cards, store, rights);
        this.turns = new StartReminders(journal.read(), store, rights, audit, cards.clock());
    }

    /** A line as somebody typed it. */
    public Answer answerText(Caller caller, String text) {
        return secretService.knows(text)
                ? Answer.refusal(SecretService.KNOWN)
                : clean(answer(caller, grammar().parse(text)));
    }

    /** The same, cut into words by the platform. */
    public Answer answerText(Caller caller, List<String> words) {
        return words.stream().anyMatch(secretService::knows)
                ? Answer.refusal(SecretService.KNOWN)
                : clean(answer(caller, grammar().parse(words)));
    }

    private Answer clean(Answer answer) {
        return answer.map(secretService::redact);
    }

    /** What has to be asked before these words can be done; looks at memory only and does nothing. */
    public boolean lacksSomething(List<String> words) {
        return switch (grammar().parse(words)) {
            case CommandParser.Parsed.Execute(var command, var _, var _) ->
                command instanceof StartCommand start && missing(start).isFormNeeded();
            case CommandParser.Parsed.Secret(var arguments, var _) -> secrets.asks(arguments);
            case CommandParser.Parsed.NotifyMe _,
                    CommandParser.Parsed.ChannelCommand _,
                    CommandParser.Parsed.Query _,
                    CommandParser.Parsed.Invalid _,
                    CommandParser.Parsed.Nothing _ -> false;
        };
    }

    private MissingInput missing(StartCommand start) {
        return new MissingInput(catalogs.current(), secretService, start);
    }

    private CommandParser grammar() {
        return new CommandParser(catalogs.current());
    }

    private Answer answer(Caller caller, CommandParser.Parsed parsed) {
        return switch (parsed) {
            case CommandParser.Parsed.Nothing() -> Answer.refusal("type a command, for example help");
            case CommandParser.Parsed.Invalid(var message) -> Answer.refusal(message);
            case CommandParser.Parsed.Query(var name, var arguments) -> queries.answer(name, arguments, caller);
            case CommandParser.Parsed.NotifyMe(var run) -> turns.answer(caller, run);
            case CommandParser.Parsed.ChannelCommand(var name, var arguments) ->
                subscriptions.answer(
                        name,
                        arguments,
                        caller,
                        catalogs.current(),
                        cards.clock().instant());
            case CommandParser.Parsed.Secret(var arguments, var words) -> secrets.answer(caller, arguments, words);
            case CommandParser.Parsed.Execute(var command, var words, var confirmed) ->
                ask(caller, command, words, confirmed).orElseGet(() -> responder.handle(caller, command, words));
        };
    }

    /** What must be known before it is done, asked from the one who wants it. Who may not do it is not asked. */
    private Optional<Answer> ask(Caller caller, Command command, List<String> words, boolean confirmed) {
        if (command instanceof BatchCommand.StartBatch batch && !confirmed) {
            return new BatchConfirmation(catalogs.current(), rights, secretService, batch)
                    .ask(caller, UntrustedText.line(CommandParser.line(words), 300), () -> pending.keep(caller, words));
        }
        if (command instanceof BatchCommand.StartRollout rollout && !confirmed) {
            return new RolloutConfirmation(catalogs, rights, secretService, rollout, reach)
                    .ask(caller, UntrustedText.line(CommandParser.line(words), 300), () -> pending.keep(caller, words));
        }
        if (!(command instanceof StartCommand start)
                || rights.refusal(caller, start, catalogs.current()).isPresent()) {
            return Optional.empty();
        }
        var missingInput = missing(start);
        var clear = missingInput.inClear();
        if (clear.isPresent()) {
            return Optional.of(
                    Answer.refusal(SecretService.inClear(clear.get()) + ". Leave it out: a form asks for it"));
        }
        if (missingInput.hasUnknown() || start.environment().isBlank()) {
            return Optional.empty();
        }
        var fields = missingInput.fields();
        if (!fields.isEmpty()) {
            return Optional.of(form(caller, start, words, fields));
        }
        return confirmed || !missingInput.wantsConfirmation()
                ? Optional.empty()
                : Optional.of(confirm(caller, start, words));
    }

    private Answer form(Caller caller, StartCommand start, List<String> words, List<Form.Field> fields) {
        long request = pending.keep(caller, start, words);
        var lacking = fields.stream()
                .filter(f -> f.required() && f.value().isEmpty())
                .map(Form.Field::name)
                .toList();
        var why = start.playbook().orElse(start.operation()) + " needs " + String.join(", ", lacking);
        var typed = CommandParser.line(words) + " " + lacking.getFirst() + "=…";
        var message = Message.of(
                new Block.Title(Tone.BAD, why),
                new Block.Buttons(List.of(
                        new Button("Fill in", new Action(Action.Kind.FILL, request), typed, Weight.FIRST, ""))));
        var title = UntrustedText.cut(start.operation() + " → " + start.environment(), TITLE - 1);
        return Answer.asking(message, Optional.of(new Form(request, title, why, fields, "Start")));
    }

    private Answer confirm(Caller caller, StartCommand start, List<String> words) {
        long request = pending.keep(caller, start, words);
        var what = UntrustedText.line(CommandParser.line(words), 200);
        var blocks = new ArrayList<Block>();
        blocks.add(new Block.Title(
                Tone.WAITING,
                start.operation() + " → " + UntrustedText.line(start.environment(), 60)
                        + " is destructive. Start it?"));
        blocks.add(new Block.Line(what));
        versionStep(start).ifPresent(s -> blocks.add(new Block.Line("Version: " + s)));
        blocks.add(new Block.Buttons(List.of(
                new Button("Yes, start", new Action(Action.Kind.YES, request), what + " --yes", Weight.DANGER, ""),
                Button.plain("No", new Action(Action.Kind.NO, request), ""))));
        return Answer.asking(new Message(blocks), Optional.empty());
    }

    /** Which hosts a limit stands for is known only when the run is made. */
    private Optional<String> versionStep(StartCommand start) {
        return Optional.ofNullable(start.variables().get("version"))
                .filter(_ -> start.limit().isEmpty() && EnvironmentName.isValid(start.environment()))
                .flatMap(v -> cards.versionStep(new EnvironmentName(start.environment()), List.of(), v.toString()));
    }

    /** What a kept request asks for, with the secrets that were given for it. */
    private CommandParser.Parsed parsed(PendingRequest request, List<String> words) {
        var parsed = grammar().parse(words);
        if (!(parsed instanceof CommandParser.Parsed.Execute(var c, var said, var confirmed))
                || !(c instanceof StartCommand start)) {
            return parsed;
        }
        Map<String, Object> variables = new HashMap<>(start.variables());
        request.secrets()
                .forEach((name, ref) -> variables.put(name, new Value.Secret(ref, Value.Secret.Usage.VARIABLE)));
        return new CommandParser.Parsed.Execute(start.with(variables), said, confirmed);
    }

    /** A button under a message. Everybody may press it; whether it is done is decided as for a typed command. */
    public Answer press(Caller caller, Action action) {
        return clean(
                switch (action.kind()) {
                    case CANCEL -> pressed(caller, new RunCommand.Cancel(action.run()));
                    case RETRY -> pressed(caller, new RunCommand.Retry(action.run()));
                    case PAUSE -> pressed(caller, new RunCommand.PauseRun(action.run(), ""));
                    case RESUME -> pressed(caller, new RunCommand.ResumeRun(action.run()));
                    case RERUN -> pressed(caller, new RunCommand.Rerun(action.run()));
                    case APPROVE -> pressed(caller, new RunCommand.Approve(action.run()));
                    case REJECT -> reject(caller, action.run());
                    case TELL_ME -> turns.answer(caller, action.run());
                    case BATCH_REST -> pressed(caller, new BatchCommand.CancelBatch(action.subject(), true));
                    case BATCH_CANCEL -> pressed(caller, new BatchCommand.CancelBatch(action.subject(), false));
                    case BATCH_RETRY -> pressed(caller, new BatchCommand.RetryBatch(action.subject()));
                    case DEPLOYMENT_RESUME -> pressed(caller, new BatchCommand.ResumeDeployment(action.subject()));
                    case DEPLOYMENT_CANCEL -> pressed(caller, new BatchCommand.CancelDeployment(action.subject()));
                    case DEPLOYMENT_RETRY -> pressed(caller, new BatchCommand.RetryDeployment(action.subject()));
                    case ACK -> pressed(caller, new AlertCommand.Acknowledge(List.of(action.subject())));
                    case ACK_ALL -> pressed(caller, new AlertCommand.Acknowledge(alerts.ofGroup(action.subject())));
                    case ACT -> pressed(caller, new AlertCommand.RunAction(action.subject()));
                    case LOG -> queries.log(action.run(), caller);
                    case FULL_LOG -> queries.fullLog(action.run(), caller);
                    case DETAILS -> queries.details(action.run(), caller);
                    case YES -> kept(caller, action, _ -> confirm(caller, action));
                    case NO -> kept(caller, action, _ -> discard(action));
                    case FILL -> kept(caller, action, r -> answer(caller, parsed(r, ReasonForm.entered(r.words()))));
                    case START -> queries.answer("help", List.of(), caller);
                    case SHOW_STATUS -> queries.answer("status", List.of(), caller);
                    case SHOW_QUEUE -> queries.answer("queue", List.of(), caller);
                    case SHOW_ALERTS -> queries.answer("alerts", List.of(), caller);
                });
    }

    private Answer reject(Caller caller, RunId run) {
        return rejections.ask(caller, run).orElseGet(() -> pressed(caller, new RunCommand.Reject(run, "")));
    }

    private Answer pressed(Caller caller, Command command) {
        return responder.handle(buttonDeduplicator.caller(caller, command), command, List.of());
    }

    /** The answer to a question that was asked of this caller and is still open. */
    private Answer kept(Caller caller, Action action, Function<PendingRequest, Answer> answer) {
        var request = store.find(action.subject());
        if (request.isEmpty()) {
            return Answer.refusal("this question was already answered or has expired; enter the command again");
        }
        if (!request.get().by().equals(caller.person())) {
            return Answer.refusal("only " + cards.name(request.get().by()) + " can answer this");
        }
        return answer.apply(request.get());
    }

    private Answer confirm(Caller caller, Action action) {
        return store.take(action.subject())
                .map(w -> answer(caller, parsed(w, with(w.words(), "--yes"))))
                .orElseGet(() -> Answer.refusal("this question was already answered"));
    }

    private Answer discard(Action action) {
        store.take(action.subject());
        return Answer.of(Message.line(Tone.PLAIN, "Cancelled; nothing was started."));
    }

    private static List<String> with(List<String> words, String more) {
        var all = new ArrayList<>(words);
        all.add(more);
        return all;
    }

    /** A form was filled in; empty values count as not given. */
    public Answer submit(Caller caller, long number, Map<String, String> values) {
        var request = store.find(number).filter(w -> w.by().equals(caller.person()));
        if (request.isEmpty()) {
            return Answer.refusal("this form has expired; enter the command again");
        }
        var reasoned = ReasonForm.filled(request.get().words(), values);
        return clean(reasoned.map(w -> reasoned(caller, number, w))
                .orElseGet(() -> filled(caller, number, request.get(), values)));
    }

    private Answer reasoned(Caller caller, long number, List<String> words) {
        return store.take(number)
                .map(r -> answer(caller, parsed(r, words)))
                .orElseGet(() -> Answer.refusal("this form has expired; enter the command again"));
    }

    private Answer filled(Caller caller, long number, PendingRequest request, Map<String, String> values) {
        return switch (parsed(request, request.words())) {
            case CommandParser.Parsed.Secret(var arguments, var _) -> secrets.submit(caller, number, arguments, values);
            case CommandParser.Parsed.Execute(var command, var words, var confirmed)
            when command instanceof StartCommand s -> submit(caller, s, words, confirmed, values);
            case CommandParser.Parsed.Execute(var command, var _, var _)
            when command instanceof RunCommand.Reject(var run, var _) -> {
                store.take(number);
                yield responder.handle(caller, rejections.filled(run, values), List.of());
            }
            case CommandParser.Parsed.Execute _,
                    CommandParser.Parsed.NotifyMe _,
                    CommandParser.Parsed.ChannelCommand _,
                    CommandParser.Parsed.Query _,
                    CommandParser.Parsed.Invalid _,
                    CommandParser.Parsed.Nothing _ -> Answer.refusal("this form has expired; enter the command again");
        };
    }

    private Answer submit(
            Caller caller, StartCommand start, List<String> words, boolean confirmed, Map<String, String> values) {
        Map<String, Object> variables = new HashMap<>(start.variables());
        var all = new ArrayList<>(words);
        var missingInput = missing(start);
        for (var entry : values.entrySet()) {
            var name = entry.getKey();
            boolean secret = missingInput.isSecret(name);
            if (!entry.getValue().isBlank()) {
                variables.put(name, secret ? new SecretText(entry.getValue()) : entry.getValue());
            }
            if (!secret) {
                all.add(name + "=" + entry.getValue());
            }
        }
        var full = start.with(variables);
        return ask(caller, full, all, confirmed).orElseGet(() -> responder.handle(caller, full, all));
    }

    /** See {@link Completion#of}. */
    public List<Choice> complete(
            Caller caller, String command, String option, Map<String, String> others, String typed) {
        return completion.of(caller, command, option, others, typed);
    }

    /** See {@link LineCompletion#of}. */
    public List<Choice> complete(Caller caller, String line) {
        return new LineCompletion(catalogs, completion).of(caller, line);
    }

    /** Whether a line has a secret in it, or may have one; such a line is kept nowhere. */
    public boolean mayHoldSecret(String line) {
        return new SecretWords(catalogs.current(), secretService).areIn(line);
    }

    /** Every command there is now. */
    public List<CommandEntry> commands() {
        return CommandCatalogue.of(catalogs.current());
    }

    /** What a link to a run shows in a channel; see {@link LinkPreview}. */
    public Optional<Message> preview(Caller caller, Channel channel, boolean isDefault, RunId run) {
        return linkPreview.of(caller, channel, isDefault, run).map(m -> m.map(secretService::redact));
    }

    /** What one person sees on a page of their own: what is where, and their last runs. */
    public Message home(Caller caller) {
        return queries.home(caller).map(secretService::redact);
    }
}
