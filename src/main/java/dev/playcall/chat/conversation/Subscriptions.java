package dev.playcall.chat.conversation;

import dev.playcall.catalog.Catalog;
import dev.playcall.chat.message.Answer;
import dev.playcall.chat.message.Channel;
import dev.playcall.chat.message.ChatStore;
import dev.playcall.chat.message.ChatStore.SubscriptionTopic;
import dev.playcall.chat.message.Message;
import dev.playcall.chat.message.Message.Block;
import dev.playcall.chat.message.Message.Tone;
import dev.playcall.chat.message.UntrustedText;
import dev.playcall.command.Caller;
import dev.playcall.command.RefusalLog;
import dev.playcall.command.Reply;
import dev.playcall.command.Rights;
import dev.playcall.domain.name.EnvironmentName;
import dev.playcall.domain.name.Operation;
import dev.playcall.domain.name.Suggestion;
import dev.playcall.security.access.Permission;
import dev.playcall.security.access.Target;
import dev.playcall.security.audit.AuditLog;
import dev.playcall.security.audit.AuditNote;
import dev.playcall.security.audit.Unrecorded;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a channel wants to see beside the runs that were asked for in it. */
final class Subscriptions {
    private static final Logger log = LoggerFactory.getLogger(Subscriptions.class);

    private final ChatStore store;
    private final Rights rights;
    private final AuditLog audit;
    private final RefusalLog refusalLog;

    Subscriptions(ChatStore store, Rights rights, AuditLog audit, Clock clock) {
        this.store = store;
        this.rights = rights;
        this.audit = audit;
        this.refusalLog = new RefusalLog(audit, clock);
    }

    /** @param name {@code subscribe} or {@code unsubscribe} */
    Answer answer(String name, List<String> words, Caller caller, Catalog catalog, Instant now) {
        var channel = Channel.of(caller.origin().channel());
        if (channel.isEmpty()) {
            return Answer.refusal(
                    "only a channel can subscribe, and " + caller.origin().channel() + " is none");
        }
        var denied = rights.anywhere(caller, Permission.VIEW);
        if (denied.isPresent()) {
            return refused(caller, name, String.join(" ", words), denied.get());
        }
        if (words.isEmpty()) {
            return Answer.of(list(channel.get()));
        }
        return switch (topic(words, catalog)) {
            case Parsed.Invalid(var message) -> Answer.refusal(message);
            case Parsed.Valid(var subscriptionTopic) -> {
                var refusal = rights.refusal(
                        caller, Permission.VIEW, new Target("", subscriptionTopic.environment(), "", ""));
                yield refusal.isPresent()
                        ? refused(caller, name, subscriptionTopic.words(), refusal.get())
                        : recorded(caller, name, subscriptionTopic)
                                .orElseGet(() -> name.equals("subscribe")
                                        ? subscribe(channel.get(), subscriptionTopic, caller, now)
                                        : unsubscribe(channel.get(), subscriptionTopic));
            }
        };
    }

    private Answer refused(Caller caller, String action, String subject, Reply.Denied denied) {
        refusalLog.note(caller, action, subject, denied);
        return Answer.refusal(denied.line());
    }

    /** No record, no action. */
    private Optional<Answer> recorded(Caller caller, String action, SubscriptionTopic subscriptionTopic) {
        var note = AuditNote.done(caller.person(), caller.origin().channel(), action, subscriptionTopic.words());
        try {
            audit.record(
                    subscriptionTopic.environment().isEmpty()
                            ? note
                            : note.with(AuditNote.ENVIRONMENT, subscriptionTopic.environment()));
            return Optional.empty();
        } catch (RuntimeException e) {
            Unrecorded.log(log, "\"" + action + "\" of " + caller.person(), e);
            return Optional.of(Answer.refusal(Unrecorded.refusal(e)));
        }
    }

    private sealed interface Parsed {
        record Valid(SubscriptionTopic topic) implements Parsed {}

        record Invalid(String message) implements Parsed {}
    }

    private static Parsed topic(List<String> words, Catalog catalog) {
        var environment = "";
        var operation = "";
        boolean failures = false;
        for (var word : words) {
            if (word.equals("failures") || word.equals("failed")) {
                failures = true;
            } else if (EnvironmentName.isValid(word)
                    && catalog.environment(new EnvironmentName(word)).isPresent()) {
                environment = word;
            } else if (Operation.isValid(word)
                    && catalog.operation(new Operation(word)).isPresent()) {
                operation = word;
            } else if (!word.equals("all")) {
                return new Parsed.Invalid(unknown(word, catalog));
            }
        }
        return new Parsed.Valid(new SubscriptionTopic(environment, operation, failures));
    }

    private static String unknown(String word, Catalog catalog) {
        var known = Stream.concat(
                        Stream.of("all", "failures"),
                        Stream.concat(
                                catalog.environments().keySet().stream().map(EnvironmentName::value),
                                catalog.operations().keySet().stream().map(Operation::value)))
                .toList();
        return "\"" + UntrustedText.line(word, 60) + "\" is not an environment, operation or event"
                + Suggestion.of(word, known)
                        .map(n -> "; did you mean " + n + "?")
                        .orElse("; there are " + String.join(", ", known));
    }

    private Answer subscribe(Channel channel, SubscriptionTopic subscriptionTopic, Caller caller, Instant now) {
        boolean isNew = store.subscribe(channel, subscriptionTopic, caller.person(), now);
        var text = isNew
                ? "This channel is now subscribed to " + describe(subscriptionTopic)
                : "This channel is already subscribed to " + describe(subscriptionTopic);
        return new Answer(
                Message.line(Tone.GOOD, text), false, !isNew, Optional.empty(), Optional.empty(), Optional.empty());
    }

    private Answer unsubscribe(Channel channel, SubscriptionTopic subscriptionTopic) {
        if (store.unsubscribe(channel, subscriptionTopic)) {
            return new Answer(
                    Message.line(Tone.PLAIN, "This channel is no longer subscribed to " + describe(subscriptionTopic)),
                    false,
                    false,
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty());
        }
        var has = store.topics(channel).stream().map(SubscriptionTopic::words).toList();
        return Answer.refusal("this channel has not subscribed to \"" + subscriptionTopic.words() + "\""
                + (has.isEmpty() ? "" : "; it has: " + String.join(" · ", has)));
    }

    private Message list(Channel channel) {
        var topics = store.topics(channel);
        if (topics.isEmpty()) {
            return Message.line(
                    Tone.PLAIN,
                    "This channel shows the runs requested in it. To see more: subscribe production failures");
        }
        var blocks = new ArrayList<Block>();
        blocks.add(new Block.Title(Tone.PLAIN, "Besides the runs requested in it, this channel is subscribed to:"));
        topics.forEach(t -> blocks.add(new Block.Line(describe(t))));
        blocks.add(new Block.Next(
                topics.stream().map(t -> "unsubscribe " + t.words()).toList()));
        return new Message(blocks);
    }

    private static String describe(SubscriptionTopic subscriptionTopic) {
        var what = subscriptionTopic.operation().isEmpty() ? "run" : subscriptionTopic.operation();
        var where = subscriptionTopic.environment().isEmpty() ? "" : " in " + subscriptionTopic.environment();
        return (subscriptionTopic.failuresOnly() ? "every failed " : "every ") + what + where;
    }
}
