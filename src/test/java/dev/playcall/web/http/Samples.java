package dev.playcall.web.http;

import static dev.playcall.web.WebFixture.host;

import dev.playcall.domain.HostResult;
import dev.playcall.domain.HostResult.HostOutcome;
import dev.playcall.domain.Outcome;
import dev.playcall.domain.Run;
import dev.playcall.domain.Timeline;
import dev.playcall.web.WebFixture;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Runs of many kinds, so that there is something on the pages. */
public final class Samples {
    static final String[] TASKS = {
        "Gathering Facts",
        "Make the release directory",
        "Unpack release v1.2.4 below /srv/app/releases",
        "Write the configuration",
        "Restart the service",
        "Health check"
    };

    private final WebFixture fixture;

    public Samples(WebFixture fixture) {
        this.fixture = fixture;
    }

    /** What an ordinary day leaves: good runs, one failed, one at work and two that wait. */
    public static Run of(WebFixture fixture) throws IOException, InterruptedException {
        var samples = new Samples(fixture);
        samples.simple("ping");
        samples.simple("provision");
        samples.good("v1.2.2");
        samples.failed();
        var running = samples.ran("v1.2.4");
        fixture.timelines.put(running.id(), timeline(running, "oc.", "oc.", "cr", "", "", ""));
        fixture.progress(
                running,
                TASKS[2],
                9,
                21,
                List.of(host("web-1", HostOutcome.OK, "", ""), host("web-2", HostOutcome.CHANGED, "", "")));
        fixture.deploy("v1.2.5");
        fixture.post("/api/v1/runs", "{\"operation\":\"ping\",\"environment\":\"staging\"}");
        samples.schedules();
        samples.rewritten();
        return running;
    }

    /** One that will come, one that is held back. */
    void schedules() throws IOException, InterruptedException {
        fixture.post(
                "/api/v1/schedules",
                "{\"cron\":\"30 2 * * mon-fri\",\"timezone\":\"Europe/Berlin\",\"jitter\":\"5m\",\"missed\":\"skip\","
                        + "\"operation\":\"provision\",\"environment\":\"production\",\"limit\":\"web\","
                        + "\"name\":\"nightly provision\"}");
        fixture.post(
                "/api/v1/schedules", "{\"cron\":\"0 4 * * sun\",\"operation\":\"ping\",\"environment\":\"staging\"}");
        fixture.post("/api/v1/schedules/2/pause", "{\"reason\":\"the disk is being replaced\"}");
    }

    /** A playbook with a version before it. */
    void rewritten() throws IOException, InterruptedException {
        var tag = fixture.get("/api/v1/playbooks/provision")
                .headers()
                .firstValue("ETag")
                .orElseThrow();
        var body = JsonBodies.object()
                .put(
                        "playbook",
                        "- name: Provision\n"
                                + "  hosts: all\n"
                                + "  tasks:\n"
                                + "    - name: A user for the application # no login\n"
                                + "      ansible.builtin.user:\n"
                                + "        name: app\n"
                                + "        system: true\n"
                                + "        uid: 900\n")
                .put(
                        "meta",
                        "title: Provision the servers\n"
                                + "variables:\n"
                                + "  packages: {type: list, description: what else to install}\n");
        var answer = fixture.send(java.net.http.HttpRequest.newBuilder(fixture.at("/api/v1/playbooks/provision"))
                .PUT(java.net.http.HttpRequest.BodyPublishers.ofString(body.toString()))
                .header("Content-Type", "application/json")
                .header("If-Match", tag));
        if (answer.statusCode() != 200) {
            throw new AssertionError(answer.body());
        }
    }

    void simple(String operation) throws IOException, InterruptedException {
        fixture.post("/api/v1/runs", "{\"operation\":\"" + operation + "\",\"environment\":\"production\"}");
        var run = fixture.begin(operation);
        fixture.log(run, "PLAY [all] ****\n");
        fixture.progress(run, operation, 3, 3, fine());
        fixture.end(run, new Outcome.Success());
    }

    public Run good(String version) throws IOException, InterruptedException {
        var run = ran(version);
        fixture.progress(run, "Health check", 21, 21, fine());
        fixture.timelines.put(run.id(), timeline(run, "ooo", "cco", "ccc", "cco", "ccs", "ooo"));
        fixture.end(run, new Outcome.Success());
        return run;
    }

    public static List<HostResult> fine() {
        return List.of(
                host("web-1", HostOutcome.OK, "", ""),
                host("web-2", HostOutcome.CHANGED, "", ""),
                host("db-1", HostOutcome.CHANGED, "", ""));
    }

    /** A running deployment with the beginning of its log. */
    public Run ran(String version) throws IOException, InterruptedException {
        fixture.deploy(version);
        var run = fixture.begin("deploy");
        fixture.log(
                run,
                "PLAY [Deploy] ****************************************\n\nTASK [Make the release directory] ******\n");
        fixture.log(
                run,
                "\u001b[0;33mchanged: [web-1]\u001b[0m\n"
                        + "\u001b[0;32mok: [web-2]\u001b[0m\n"
                        + "\u001b[0;32mok: [db-1]\u001b[0m\n\n");
        return run;
    }

    public Run failed() throws IOException, InterruptedException {
        var run = ran("v1.2.3-broken");
        var text = new StringBuilder();
        for (int i = 0; i < 6000; i++) {
            text.append("ok: [web-1] => (item=").append(i).append(") <script>alert(1)</script>\n");
        }
        fixture.log(run, text.toString());
        fixture.log(
                run,
                "\u001b[0;31mfatal: [web-2]: FAILED! => {\"msg\": \"HTTP 503 from"
                        + " http://127.0.0.1:8081/health\"}\u001b[0m\n"
                        + "PLAY RECAP ****\n");
        fixture.timelines.put(run.id(), timeline(run, "oou", "cc", "cc", "co", "cc", "of"));
        fixture.progress(
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
                                "Status code was 503 and not [200]: HTTP Error 503: Service Unavailable\n"
                                        + "url: http://127.0.0.1:8081/health"),
                        host(
                                "db-1",
                                HostOutcome.UNREACHABLE,
                                "Gathering Facts",
                                "ssh: connect to host db-1 port 22: No route to host")));
        fixture.tellInVain(
                run, "ops", run.id() + " deploy failed on web-2 and db-1", "404 no_service: the webhook was removed");
        fixture.end(
                run, new Outcome.Failed(2, "failed on web-2: Health check — Status code was 503; db-1 unreachable"));
        return run;
    }

    /** @param results of web-1, web-2 and db-1, for each of the tasks */
    public static Timeline timeline(Run run, String... results) {
        var steps = new ArrayList<Timeline.Step>();
        Instant at = run.startedAt().orElseThrow();
        for (int i = 0; i < results.length && !results[i].isEmpty(); i++) {
            var end = at.plusMillis(700 + 2300L * (i % 3));
            steps.add(new Timeline.Step("Deploy", TASKS[i], "copy", at, end, results[i].replace('.', ' ')));
            at = end.plusMillis(40);
        }
        return new Timeline(steps, List.of("web-1", "web-2", "db-1"), List.of(), false);
    }
}
