package dev.playcall.web.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.playcall.domain.Outcome;
import dev.playcall.domain.Run;
import dev.playcall.web.WebFixture;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class LogEventStreamTest {
    @TempDir
    Path folder;

    private WebFixture fixture;

    @BeforeEach
    void open() throws IOException {
        fixture = new WebFixture(folder);
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    private record Line(long id, String text) {}

    private static List<Line> lines(Stream<String> body) {
        var lines = new ArrayList<Line>();
        var id = new long[1];
        body.forEach(l -> {
            if (l.startsWith("id: ")) {
                id[0] = Long.parseLong(l.substring(4));
            } else if (l.startsWith("data: ") && !l.startsWith("data: {\"status\"")) {
                lines.add(new Line(id[0], l.substring(6)));
            }
        });
        return lines;
    }

    private String path(Run run) {
        return "/api/v1/runs/" + run.id().value() + "/log/stream";
    }

    private List<Line> after(Run run, long id) throws Exception {
        return lines(fixture.get(path(run), "Last-Event-ID", Long.toString(id))
                .body()
                .lines());
    }

    @Test
    void eachLineIsSentOnceWhereverAClientComesBack() throws Exception {
        fixture.deploy("v1");
        var run = fixture.begin("deploy");
        fixture.log(run, "PLAY [Déploy] ***\n\n  indented\nhal");
        var heard = new ArrayList<String>();
        var live = fixture.http.sendAsync(
                HttpRequest.newBuilder(fixture.at(path(run))).build(), BodyHandlers.ofLines());
        var reading = Thread.ofVirtual()
                .start(() -> live.join().body().forEach(l -> {
                    synchronized (heard) {
                        heard.add(l);
                    }
                }));
        await().until(() -> {
            synchronized (heard) {
                return heard.contains("data:   indented");
            }
        });
        fixture.log(run, "f a line\r\nno end");
        fixture.end(run, new Outcome.Success());
        reading.join();

        var lines = lines(heard.stream());
        assertThat(lines)
                .extracting(Line::text)
                .containsExactly("PLAY [Déploy] ***", "", "  indented", "half a line", "no end");
        assertThat(heard).containsSequence("event: end", "data: {\"status\":\"success\"}");
        assertThat(after(run, 0)).isEqualTo(lines);
        for (int i = 0; i < lines.size(); i++) {
            assertThat(after(run, lines.get(i).id())).isEqualTo(lines.subList(i + 1, lines.size()));
        }
        assertThat(lines(fixture.get(path(run) + "?offset=" + lines.get(2).id())
                        .body()
                        .lines()))
                .isEqualTo(lines.subList(3, 5));
    }

    @Test
    void aLongLogAndALongLineComeWhole() throws Exception {
        fixture.deploy("v1");
        var run = fixture.begin("deploy");
        var text = new StringBuilder();
        for (int i = 0; i < 20_000; i++) {
            text.append("line ").append(i).append(" é\n");
        }
        fixture.log(run, text + "x" + "é".repeat(100_000) + "\nlast\n");
        fixture.end(run, new Outcome.Success());
        var lines = after(run, 0);
        assertThat(lines.subList(0, 20_000))
                .extracting(Line::text)
                .isEqualTo(text.toString().lines().toList());
        var rest = lines.subList(20_000, lines.size() - 1);
        assertThat(String.join("", rest.stream().map(Line::text).toList())).isEqualTo("x" + "é".repeat(100_000));
        assertThat(lines.getLast().text()).isEqualTo("last");
    }

    @Test
    void aClientThatDoesNotReadHoldsUpNobody() throws Exception {
        fixture.deploy("v1");
        var run = fixture.begin("deploy");
        fixture.log(run, ("x".repeat(1000) + "\n").repeat(20_000));
        try (var silent = new Socket(
                InetAddress.getLoopbackAddress(), fixture.server.address().getPort())) {
            silent.getOutputStream()
                    .write(("GET " + path(run) + " HTTP/1.1\r\nHost: localhost\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            var other = fixture.http.sendAsync(
                    HttpRequest.newBuilder(fixture.at(path(run))).build(), BodyHandlers.ofString());
            fixture.end(run, new Outcome.Failed(2, "no"));
            assertThat(other.get(60, TimeUnit.SECONDS).body())
                    .endsWith("event: end\ndata: {\"status\":\"failed\"}\n\n");
        }
    }

    @Test
    void whatIsNoOffsetIsRefused() throws Exception {
        fixture.deploy("v1");
        var run = fixture.begin("deploy");
        var answer = fixture.get(path(run), "Last-Event-ID", "x1");
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("a byte offset in the log");
    }
}
