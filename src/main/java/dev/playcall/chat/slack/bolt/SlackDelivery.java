package dev.playcall.chat.slack.bolt;

import com.slack.api.bolt.request.Request;
import com.slack.api.bolt.request.builtin.UrlVerificationRequest;
import com.slack.api.bolt.request.builtin.ViewSubmissionRequest;
import java.util.Optional;

/**
 * A request that Bolt could read.
 *
 * @param key the same when Slack delivers it again; empty when it has nothing that names it
 * @param form the form that was sent, which shows that it is being worked on
 */
public record SlackDelivery(Request<?> request, Optional<String> key, Optional<SlackRequest.Window> form) {

    static SlackDelivery of(Request<?> request) {
        return new SlackDelivery(
                request,
                SlackRequests.key(request),
                request instanceof ViewSubmissionRequest s
                        ? Optional.of(SlackRequests.window(s.getPayload().getView()))
                        : Optional.empty());
    }

    /** What Slack wants to hear when it asks whether this address is ours. */
    public Optional<String> challenge() {
        return request instanceof UrlVerificationRequest u ? Optional.of(u.getChallenge()) : Optional.empty();
    }
}
