package dev.playcall.rehearsal.slack;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import io.javalin.http.UploadedFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;

/** Files in three steps: ask for an address, send the bytes there, share. */
final class Files {
    private record Upload(String name, int length, Optional<byte[]> bytes) {}

    private final Workspace workspace;
    private final Supplier<URI> base;
    private final Map<String, Upload> uploads = new HashMap<>();

    Files(Workspace workspace, Supplier<URI> base) {
        this.workspace = workspace;
        this.base = base;
    }

    Map<String, Function<Params, ObjectNode>> methods() {
        return Map.of("files.getUploadURLExternal", this::begin, "files.completeUploadExternal", this::complete);
    }

    private synchronized ObjectNode begin(Params params) {
        var name = params.need("filename");
        int length = params.number("length", 0);
        if (length <= 0) {
            throw new Refusal("invalid_arguments", List.of("[ERROR] length has to be more than 0"));
        }
        var id = "F" + UUID.randomUUID().toString().substring(0, 8).toUpperCase(java.util.Locale.ROOT);
        uploads.put(id, new Upload(name, length, Optional.empty()));
        return Json.ok()
                .put("upload_url", base.get().resolve("/upload/" + id).toString())
                .put("file_id", id);
    }

    void upload(Context ctx) {
        var bytes = ctx.uploadedFiles().stream().findFirst().map(Files::read).orElseGet(ctx::bodyAsBytes);
        synchronized (this) {
            var upload = uploads.get(ctx.pathParam("id"));
            if (upload == null || upload.length() != bytes.length) {
                ctx.status(upload == null ? 404 : 400).result("length or address are wrong");
                return;
            }
            uploads.put(ctx.pathParam("id"), new Upload(upload.name(), upload.length(), Optional.of(bytes)));
        }
        ctx.result("OK - " + bytes.length);
    }

    private static byte[] read(UploadedFile file) {
        try (var in = file.content()) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private synchronized ObjectNode complete(Params params) {
        var files = params.array("files", "invalid_arguments").orElseThrow(() -> new Refusal("invalid_arguments"));
        var thread = params.text("thread_ts");
        var shared = files.valueStream()
                .map(f -> take(f.path("id").asText(), f.path("title").asText(), thread))
                .toList();
        params.text("channel_id")
                .ifPresent(id -> workspace.named(id, c -> {
                    c.admit(true);
                    thread.filter(t -> c.find(t).isEmpty()).ifPresent(_ -> {
                        throw new Refusal("invalid_thread_ts");
                    });
                    var text = Content.plain(params.text("initial_comment").orElse(""));
                    var post = workspace.post(c.id, Workspace.BOT_USER, text, thread, false);
                    post.files.addAll(shared);
                    return post;
                }));
        var answer = Json.ok();
        var list = answer.putArray("files");
        shared.forEach(f -> list.addObject().put("id", f.id()).put("title", f.title()));
        return answer;
    }

    private SharedFile take(String id, String title, Optional<String> thread) {
        var upload = uploads.get(id);
        if (upload == null) {
            throw new Refusal("file_not_found");
        }
        var bytes = upload.bytes().orElseThrow(() -> new Refusal("file_not_found"));
        return new SharedFile(id, upload.name(), title.isEmpty() ? upload.name() : title, bytes, thread);
    }
}
