package dev.playcall.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * Checks recorded payloads against the TypeScript types that the platforms publish for them. The compiler and the types
 * come from npm, in the versions of {@code src/test/types/package-lock.json}.
 */
public final class PayloadTypes {
    private static final Path SOURCE = Path.of("src", "test", "types");
    private static final Path ROOM = Path.of("target", "types").toAbsolutePath();
    private static final ObjectMapper JSON = new ObjectMapper();

    /** A kind of payload: what has to be imported, and the type it has. */
    private record Typing(String module, String imported, String type) {}

    private static final String WEB_API = "@slack/web-api";
    private static final String DISCORD = "discord-api-types/v10";
    /** Its own type takes any further key. */
    private static final String MANIFEST =
            "{ [K in keyof AppsManifestCreateArguments['manifest'] as string extends K ? never : K]:"
                    + " AppsManifestCreateArguments['manifest'][K] }";

    private static final String ANSWER =
            "{ text?: string; blocks?: KnownBlock[]; response_type?: 'ephemeral' | 'in_channel';"
                    + " replace_original?: boolean; delete_original?: boolean; thread_ts?: string }";
    private static final String SUBMITTED =
            "{ response_action: 'clear' } | { response_action: 'update' | 'push'; view: ModalView }"
                    + " | { response_action: 'errors'; errors: Record<string, string> }";

    private static final Map<String, Typing> KINDS = Map.ofEntries(
            Map.entry("chat.postMessage", web("ChatPostMessageArguments")),
            Map.entry("chat.update", web("ChatUpdateArguments")),
            Map.entry("chat.postEphemeral", web("ChatPostEphemeralArguments")),
            Map.entry("chat.unfurl", web("ChatUnfurlArguments")),
            Map.entry("views.open", web("ViewsOpenArguments")),
            Map.entry("views.push", web("ViewsPushArguments")),
            Map.entry("views.update", web("ViewsUpdateArguments")),
            Map.entry("views.publish", web("ViewsPublishArguments")),
            Map.entry("response_url", new Typing("@slack/types", "KnownBlock", ANSWER)),
            Map.entry("ack.slash_commands", new Typing("@slack/types", "KnownBlock", ANSWER)),
            Map.entry("ack.view_submission", new Typing("@slack/types", "ModalView", SUBMITTED)),
            Map.entry("manifest", new Typing(WEB_API, "AppsManifestCreateArguments", MANIFEST)),
            Map.entry("message-create", discord("RESTPostAPIChannelMessageJSONBody")),
            Map.entry("message-edit", discord("RESTPatchAPIChannelMessageJSONBody")),
            Map.entry("thread-create", discord("RESTPostAPIChannelMessagesThreadsJSONBody")),
            Map.entry("callback", discord("APIInteractionResponse")),
            Map.entry("follow-up-create", discord("RESTPostAPIInteractionFollowupJSONBody")),
            Map.entry("follow-up-edit", discord("RESTPatchAPIInteractionOriginalResponseJSONBody")),
            Map.entry("commands-guild", discord("RESTPutAPIApplicationGuildCommandsJSONBody")),
            Map.entry("commands-global", discord("RESTPutAPIApplicationCommandsJSONBody")));

    private PayloadTypes() {}

    private static Typing web(String type) {
        return new Typing(WEB_API, type, type);
    }

    private static Typing discord(String type) {
        return new Typing(DISCORD, type, type);
    }

    /** Takes away what earlier tests recorded, which nobody sends any more perhaps. */
    public static void forget(Path records) throws IOException {
        clear(records);
    }

    /** What the compiler has to say against these payloads; empty when every one has its type. */
    public static List<String> check(Path records) throws IOException, InterruptedException {
        installed();
        var folder = ROOM.resolve("payloads").resolve(records.getFileName().toString());
        clear(folder);
        var wrong = new ArrayList<String>();
        int n = 0;
        for (var file : files(records)) {
            var kind = file.getFileName()
                    .toString()
                    .replaceFirst("-[0-9a-f]{1,8}\\.json$", "")
                    .replaceFirst("^callback-\\d+$", "callback");
            var typing = Optional.ofNullable(KINDS.get(kind));
            if (typing.isEmpty()) {
                wrong.add("no type is known for " + kind);
            } else {
                Files.writeString(folder.resolve("p" + n++ + ".ts"), source(file, typing.get()));
            }
        }
        if (n == 0) {
            wrong.add("nothing was recorded in " + records);
        }
        var compiled = run(
                ROOM,
                List.of("node_modules/.bin/tsc", "--project", project(folder).toString()));
        compiled.lines().filter(l -> l.contains("error")).forEach(wrong::add);
        return wrong;
    }

    private static Path project(Path folder) throws IOException {
        var file = folder.resolve("tsconfig.json");
        Files.writeString(file, "{ \"extends\": \"../../tsconfig.json\", \"include\": [\"*.ts\"] }\n");
        return file;
    }

    private static String source(Path file, Typing typing) throws IOException {
        JsonNode payload = JSON.readTree(file.toFile());
        var text = payload.toPrettyString();
        var imported = "import type { " + typing.imported() + " } from '" + typing.module() + "';\n";
        return imported + "// " + file.getFileName() + "\n" + "export const payload: " + typing.type() + " = " + text
                + ";\n";
    }

    private static List<Path> files(Path folder) throws IOException {
        var found = new TreeMap<String, Path>();
        try (var all = Files.list(folder)) {
            all.filter(f -> f.toString().endsWith(".json")).forEach(f -> found.put(f.toString(), f));
        }
        return List.copyOf(found.values());
    }

    private static void clear(Path folder) throws IOException {
        Files.createDirectories(folder);
        try (var old = Files.list(folder)) {
            for (var file : old.toList()) {
                Files.delete(file);
            }
        }
    }

    /** The folder with the packages of the lock file. */
    public static Path packages() throws IOException, InterruptedException {
        installed();
        return ROOM;
    }

    /** One at a time, in this and in other processes that run tests. */
    private static synchronized void installed() throws IOException, InterruptedException {
        Files.createDirectories(ROOM);
        try (var door = FileChannel.open(ROOM.resolve("door"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                var _ = door.lock()) {
            install();
        }
    }

    /** Once for each state of the lock file. */
    private static void install() throws IOException, InterruptedException {
        var lock = ROOM.resolve("package-lock.json");
        boolean same = Files.exists(lock)
                && Files.mismatch(lock, SOURCE.resolve("package-lock.json")) < 0
                && Files.exists(ROOM.resolve("node_modules/.bin/tsc"));
        for (var name : List.of("package.json", "package-lock.json", "tsconfig.json")) {
            Files.writeString(ROOM.resolve(name), Files.readString(SOURCE.resolve(name)));
        }
        if (!same) {
            run(ROOM, List.of("npm", "ci", "--no-audit", "--no-fund"));
        }
    }

    private static String run(Path folder, List<String> command) throws IOException, InterruptedException {
        Process process;
        try {
            process = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .start();
        } catch (IOException e) {
            throw new IOException(command.getFirst() + " cannot be started; apt-get install nodejs npm", e);
        }
        var output = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        if (!process.waitFor(5, TimeUnit.MINUTES)) {
            process.destroyForcibly();
            throw new IOException(command + " does not end");
        }
        if (command.getFirst().equals("npm") && process.exitValue() != 0) {
            throw new IOException("npm ci failed: " + output);
        }
        return output;
    }
}
