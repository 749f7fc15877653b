package dev.playcall.chat.slack;

import dev.playcall.chat.ChatInbox;
import dev.playcall.chat.message.Channel;
import dev.playcall.chat.slack.api.SlackJson;
import dev.playcall.chat.slack.bolt.SlackRequest;
import dev.playcall.chat.slack.render.SlackRenderer;
import dev.playcall.command.Caller;
import dev.playcall.domain.name.RunId;
import java.util.Optional;
import java.util.regex.Pattern;

/** Previews of links to pages of runs. */
final class SlackLinks {
    /** As many as a person reads below one message. */
    private static final int MOST = 5;

    private final ChatInbox chatInbox;
    private final SlackReplies slackReplies;
    private final Optional<Pattern> run;
    private final String defaultChannel;

    /**
     * @param page the address of our pages, {@code https://ops.example.com}; empty when nobody knows it
     * @param defaultChannel where runs are shown that were asked for elsewhere
     */
    SlackLinks(ChatInbox chatInbox, SlackReplies slackReplies, String page, String defaultChannel) {
        this.chatInbox = chatInbox;
        this.slackReplies = slackReplies;
        this.defaultChannel = defaultChannel;
        this.run = page.isBlank()
                ? Optional.empty()
                : Optional.of(Pattern.compile(
                        Pattern.quote(page.replaceFirst("/+$", "")) + "/runs/([1-9]\\d{0,14})(?:[/?#].*)?"));
    }

    void show(SlackRequest.Links links, Caller caller) {
        var previews = SlackJson.object();
        var channel = new Channel("slack", links.channel());
        boolean isDefault = links.channel().equals(defaultChannel);
        links.urls().stream()
                .distinct()
                .limit(MOST)
                .forEach(url -> run(url).flatMap(id -> chatInbox.conversation().preview(caller, channel, isDefault, id))
                        .ifPresent(m -> previews.putObject(url).set("blocks", SlackRenderer.plainest(m))));
        if (!previews.isEmpty()) {
            slackReplies.unfurl(links, previews);
        }
    }

    private Optional<RunId> run(String url) {
        return run.map(r -> r.matcher(url)).filter(m -> m.matches()).map(m -> new RunId(Long.parseLong(m.group(1))));
    }
}
