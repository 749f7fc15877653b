package dev.playcall.web;

import static dev.playcall.web.WebHouse.host;

import dev.playcall.domain.HostResult.HostOutcome;
import dev.playcall.domain.Outcome;
import dev.playcall.domain.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;

/** The pages with something on them, for whoever wants to look at them while changing them. */
final class SampleServer {
    private SampleServer() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        var house = new WebHouse(Files.createTempDirectory("playcall-web"));
        simple(house, "ping");
        simple(house, "provision");
        var first = ran(house, "v1.2.2");
        house.progress(first, "Health check", 21, 21, fine());
        house.end(first, new Outcome.Success());
        failed(house);
        var running = ran(house, "v1.2.4");
        house.progress(
                running,
                "Unpack release v1.2.4 below /srv/app/releases",
                9,
                21,
                List.of(host("web-1", HostOutcome.OK, "", ""), host("web-2", HostOutcome.CHANGED, "", "")));
        house.deploy("v1.2.5");
        house.post("/api/v1/runs", "{\"operation\":\"ping\",\"environment\":\"staging\"}");
        System.out.println("sample on " + house.server.address());
        Thread.currentThread().join();
    }

    private static void simple(WebHouse house, String operation) throws IOException, InterruptedException {
        house.post("/api/v1/runs", "{\"operation\":\"" + operation + "\",\"environment\":\"production\"}");
        var run = house.begin(operation);
        house.log(run, "PLAY [all] ****\n");
        house.progress(run, operation, 3, 3, fine());
        house.end(run, new Outcome.Success());
    }

    private static List<dev.playcall.domain.HostResult> fine() {
        return List.of(
                host("web-1", HostOutcome.OK, "", ""),
                host("web-2", HostOutcome.CHANGED, "", ""),
                host("db-1", HostOutcome.CHANGED, "", ""));
    }

    private static Run ran(WebHouse house, String version) throws IOException, InterruptedException {
        house.deploy(version);
        var run = house.begin("deploy");
        house.log(
                run,
                "PLAY [Deploy] ****************************************\n\nTASK [Make the release directory] ******\n");
        house.log(
                run,
                "\u001b[0;33mchanged: [web-1]\u001b[0m\n\u001b[0;32mok: [web-2]\u001b[0m\n\u001b[0;32mok: [db-1]\u001b[0m\n\n");
        return run;
    }

    private static void failed(WebHouse house) throws IOException, InterruptedException {
        var run = ran(house, "v1.2.3-broken");
        for (int i = 0; i < 6000; i++) {
            house.log(run, "ok: [web-1] => (item=" + i + ") <script>alert(1)</script>\n");
        }
        house.log(
                run,
                "\u001b[0;31mfatal: [web-2]: FAILED! => {\"msg\": \"HTTP 503 from http://127.0.0.1:8081/health\"}\u001b[0m\n");
        house.progress(
                run,
                "Health check",
                18,
                21,
                List.of(
                        host("web-1", HostOutcome.CHANGED, "", ""),
                        host(
                                "web-2",
                                HostOutcome.FAILED,
                                "Health check",
                                "Status code was 503 and not [200]: HTTP Error 503: Service Unavailable\nurl: http://127.0.0.1:8081/health"),
                        host(
                                "db-1",
                                HostOutcome.UNREACHABLE,
                                "Gathering Facts",
                                "ssh: connect to host db-1 port 22: No route to host")));
        house.end(run, new Outcome.Failed(2, "failed on web-2: Health check — Status code was 503; db-1 unreachable"));
    }
}
