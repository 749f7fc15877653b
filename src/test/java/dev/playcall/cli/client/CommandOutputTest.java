package dev.playcall.cli.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.playcall.cli.CommandInProcess;
import dev.playcall.testing.SystemPython;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What comes to the terminal, whichever of the two clients asks: the launcher, or Java. */
class CommandOutputTest {
    private static final String HOSTILE =
            "web-1\u001b]0;title\u0007 \u001b[31mred\u001b[0m \u001b[2J\u009b1A\u202e ok\r\n";
    private static final String HARMLESS = "web-1\ufffd]0;title\ufffd red \ufffd[2J\ufffd1A\ufffd ok\n";

    /** A lock of this process would be refused to its own threads, not waited for. */
    private static final String HOLD = """
        import fcntl, sys
        lock = open(sys.argv[1], "w")
        fcntl.lockf(lock, fcntl.LOCK_EX)
        print("held", flush=True)
        sys.stdin.read()
        """;

    @TempDir
    private Path home;

    private static HttpServer server;

    @BeforeAll
    static void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            boolean refuses =
                    new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8).contains("locks");
            var text = refuses ? "{\"title\":\"No\",\"detail\":\"a\\u001b[2Jb\"}" : HOSTILE;
            var bytes = text.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(refuses ? 422 : 200, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        server.start();
    }

    @AfterAll
    static void stop() {
        server.stop(0);
    }

    private static String address(String scheme) {
        return scheme + "://127.0.0.1:" + server.getAddress().getPort();
    }

    private CommandInProcess.Result java(String... words) {
        return CommandInProcess.run(home, Map.of("PLAYCALL_TOKEN", "x"), "", words);
    }

    /** The launcher with a command for its Python; there is no Java that it could start. */
    private CommandInProcess.Result launcher(String redirection, String... words) throws Exception {
        var all = new ArrayList<>(List.of(
                "env",
                "-i",
                "PATH=/usr/bin:/bin",
                "LC_ALL=C.UTF-8",
                "PLAYCALL_TOKEN=x",
                "sh",
                "-c",
                "exec \"$0\" \"$@\" " + redirection));
        all.add(Path.of("playcall").toAbsolutePath().toString());
        all.addAll(List.of(words));
        var process = new ProcessBuilder(all).start();
        var out = process.inputReader(StandardCharsets.UTF_8).readAllAsString();
        var err = process.errorReader(StandardCharsets.UTF_8).readAllAsString();
        return new CommandInProcess.Result(process.waitFor(), out, err);
    }

    @Test
    void noAnswerMovesTheCursorOrSetsATitle() throws Exception {
        var words = new String[] {"queue", "--server", address("http")};
        assertThat(java(words).out()).isEqualTo(HARMLESS);
        assertThat(launcher("", words).out()).isEqualTo(HARMLESS);
        var refused = new String[] {"locks", "--server", address("HTTP")};
        assertThat(java(refused).err()).isEqualTo("playcall: a\ufffd[2Jb\n");
        assertThat(launcher("", refused).err()).isEqualTo("playcall: a\ufffd[2Jb\n");
        assertThat(TerminalText.harmless("\u001b[31mred\u001b[0m", true)).isEqualTo("\u001b[31mred\u001b[0m");
    }

    @Test
    void aFullDiskIsNotTheFaultOfTheGateway() throws Exception {
        var full = launcher(">/dev/full", "queue", "--server", address("http"));
        assertThat(full.code()).isEqualTo(74);
        assertThat(full.err()).isEqualTo("playcall: the output cannot be written: No space left on device\n");
        var output = new CheckedOutput(Files.newOutputStream(Path.of("/dev/full")));
        var printer = new java.io.PrintWriter(output, false, StandardCharsets.UTF_8);
        printer.print("runs");
        printer.flush();
        assertThat(output.problem()).hasValue("No space left on device");
    }

    @Test
    void anAddressThatIsNoneIsOneLine() {
        for (var wrong :
                List.of("http://127.0.0.1:99999", "http://127.0.0.1:0", "ftp://127.0.0.1", "http://a/b", "x")) {
            var result = java("queue", "--server", wrong);
            assertThat(result.code()).as(wrong).isEqualTo(2);
            assertThat(result.err()).hasLineCount(1).contains("is not the address of a gateway");
        }
    }

    /** The lock says that a gateway is running; what it wrote beside it says nothing. */
    @Test
    void aFileWithoutAnAddressIsSaidAtOnce() throws Exception {
        var data = Files.createDirectories(home.resolve("data"));
        var holder = new ProcessBuilder(
                        SystemPython.program(),
                        "-c",
                        HOLD,
                        data.resolve("gateway.lock").toString())
                .start();
        try {
            assertThat(holder.inputReader().readLine()).isEqualTo("held");
            for (var text :
                    List.of("", "{\"url\":\"rub", "[1]", "{\"url\":\"http://127.0.0.1:99999\",\"secret\":\"x\"}")) {
                Files.writeString(data.resolve("gateway.json"), text);
                var result = java("queue");
                assertThat(result.code()).as(text + result.err()).isEqualTo(4);
                assertThat(result.err()).hasLineCount(1).contains("gateway.json has no address of a gateway");
            }
        } finally {
            holder.destroy();
        }
    }
}
