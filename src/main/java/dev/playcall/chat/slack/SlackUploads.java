package dev.playcall.chat.slack;

import dev.playcall.chat.ChatAdapter.Sent;
import dev.playcall.chat.slack.api.SlackApi;
import dev.playcall.chat.slack.api.SlackApi.SlackResponse;
import dev.playcall.chat.slack.api.SlackJson;
import dev.playcall.chat.slack.render.SlackText;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Brings a file in three calls; its bytes are streamed. Only the last call shows anything. */
final class SlackUploads {
    private static final Duration SOON = Duration.ofSeconds(10);

    private final SlackApi api;

    SlackUploads(SlackApi api) {
        this.api = api;
    }

    Sent upload(String channel, Optional<String> thread, String name, Path file, String note) {
        long size = size(file);
        if (size <= 0) {
            return new Sent.Refused("there is nothing in " + name);
        }
        return switch (api.call("files.getUploadURLExternal", Map.of("filename", name, "length", size))) {
            case SlackResponse.Yes(var body, var _) -> {
                var id = body.path("file_id").asText();
                var address = URI.create(body.path("upload_url").asText());
                yield bring(address, file).orElseGet(() -> show(channel, thread, id, name, note));
            }
            case SlackResponse.Lost(var why) -> new Sent.Later(SOON, why);
            case SlackResponse other -> SlackErrors.of(other, "");
        };
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            return 0;
        }
    }

    /** What went wrong with the bytes; nothing is shown until they are all there. */
    private Optional<Sent> bring(URI address, Path file) {
        if (!api.trusts(address)) {
            return Optional.of(new Sent.Refused("Slack named a place for the file that is not its own"));
        }
        return switch (api.bring(address, file)) {
            case SlackResponse.Yes _ -> Optional.empty();
            case SlackResponse.Lost(var why) -> Optional.of(new Sent.Later(SOON, why));
            case SlackResponse other -> Optional.of(SlackErrors.of(other, ""));
        };
    }

    private Sent show(String channel, Optional<String> thread, String id, String name, String note) {
        var files = SlackJson.array();
        files.addObject().put("id", id).put("title", name);
        var parameters = new LinkedHashMap<String, Object>();
        parameters.put("files", files);
        parameters.put("channel_id", channel);
        thread.ifPresent(t -> parameters.put("thread_ts", t));
        if (!note.isBlank()) {
            parameters.put("initial_comment", SlackText.escape(note));
        }
        return switch (SlackErrors.of(api.call("files.completeUploadExternal", parameters), "")) {
            case Sent.Done _ -> new Sent.Done(id);
            case Sent other -> other;
        };
    }
}
