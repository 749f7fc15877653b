package dev.playcall.web.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.playcall.web.WebFixture;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tables of hosts over HTTP. */
class HostImportTest {
    private static final String PATH = "/api/v1/inventory/production/registered";

    @TempDir
    Path folder;

    private WebFixture fixture;

    @BeforeEach
    void open() throws Exception {
        fixture = new WebFixture(folder);
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    private HttpResponse<String> post(String type, String body) throws Exception {
        return fixture.send(HttpRequest.newBuilder(fixture.at(PATH + ":bulk"))
                .header("Content-Type", type)
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    @Test
    void aTableOfASpreadsheetIsTakenAsItIs() throws Exception {
        var answer = post(
                "text/csv; charset=utf-8",
                "\uFEFFname, address, port, tags, rack, note\r\n"
                        + "vm-1, 10.0.0.1, 2222, web canary, 12, \"a, b\"\r\n\r\n"
                        + "vm-2, 10.0.0.2, , , ,\r\n");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.body()).contains("2 new, 0 replaced");
        var first = new ObjectMapper().readTree(fixture.get(PATH + "/vm-1").body());
        assertThat(first.path("port").asInt()).isEqualTo(2222);
        assertThat(first.path("tags").toString()).isEqualTo("[\"canary\",\"web\"]");
        assertThat(first.path("variables").toString()).isEqualTo("{\"note\":\"a, b\",\"rack\":\"12\"}");
        var second = new ObjectMapper().readTree(fixture.get(PATH + "/vm-2").body());
        assertThat(second.path("port").isNull()).isTrue();
        assertThat(second.path("variables")).isEmpty();
    }

    @Test
    void aFileOfASpreadsheetMayBeginWithAByteOrderMark() throws Exception {
        assertThat(HostRows.pasted("production", "\uFEFFname,address\nvm-1,10.0.0.1\n")
                        .hosts())
                .hasSize(1);
        assertThat(HostRows.pasted("production", "\uFEFF[{\"name\":\"vm-1\"}]").hosts())
                .hasSize(1);
        assertThatThrownBy(() -> HostRows.pasted("production", "{\"name\":\"vm-1\"}"))
                .hasMessageContaining("must be a JSON array");
    }

    @Test
    void cellsOfASpreadsheetAreSeparatedByTabsAndColumnsInAnyCase() throws Exception {
        assertThat(post("text/csv", "Name\tADDRESS\tTags\tRack\nvm-1\t10.0.0.1\tweb\tR1\n")
                        .body())
                .contains("1 new");
        var host = new ObjectMapper().readTree(fixture.get(PATH + "/vm-1").body());
        assertThat(host.path("address").asText()).isEqualTo("10.0.0.1");
        assertThat(host.path("tags").toString()).isEqualTo("[\"web\"]");
        assertThat(host.path("variables").toString()).isEqualTo("{\"Rack\":\"R1\"}");
        assertThat(post("text/csv", "name,Name\nvm-1,vm-2\n").body()).contains("the column Name is there twice");
    }

    @Test
    void aTableWithSemicolonsAndGroupsIsOneToo() throws Exception {
        assertThat(post("text/csv", "name;address;group;rack\nvm-1;10.0.0.1;web;1,5\n")
                        .body())
                .contains("1 new");
        var host = new ObjectMapper().readTree(fixture.get(PATH + "/vm-1").body());
        assertThat(host.path("tags").toString()).isEqualTo("[\"web\"]");
        assertThat(host.path("variables").toString()).isEqualTo("{\"rack\":\"1,5\"}");
        assertThat(post("text/csv", "name,adress\nvm-2,10.0.0.2\n").body())
                .contains("there is no column adress; did you mean address?");
    }

    @Test
    void whatIsNoTableIsRefusedInOneLineAndNothingIsRegistered() throws Exception {
        assertThat(post("text/csv", "host,address\nvm-1,10.0.0.1\n").body()).contains("names no column name");
        assertThat(post("text/csv", "name,address\nvm-1,10.0.0.1\nvm-2,10.0.0.2,7\n")
                        .body())
                .contains("the table is not CSV: host 2 has more cells than the first line has columns");
        assertThat(post("text/csv", "name,address\nvm-1,\"10.0.0.1\n").body())
                .contains("the table is not CSV: host 1 has a quote (\\\") that is not closed");
        assertThat(post("text/csv", "name,address\nvm-1,\"10.0.0.1\"x\n").body())
                .contains("the table is not CSV: host 1 has a quote (\\\") that is not closed, or text behind one");
        assertThat(post("text/csv", "").body()).contains("the first line of the table is empty");
        assertThat(post("text/csv", "name,address\n").body()).contains("there is no host in it");
        assertThat(post("application/json", "{\"name\":\"vm-1\"}").body()).contains("must be a JSON array");
        assertThat(post("application/json", "[{\"name\":\"vm-1\"}").body())
                .contains("the body is not JSON: line 1, column 17\"");
        assertThat(post("text/plain", "vm-1").statusCode()).isEqualTo(415);
        assertThat(post("text/csv", "name,address\nvm-1,-oProxyCommand=id\n").body())
                .contains("1 of 1 hosts are refused", "1 vm-1: \\\"-oProxyCommand=id\\\" is not an address");
        assertThat(post("text/csv", "name,rack,rack\nvm-1,1,2\n").body()).contains("the column rack is there twice");
        assertThat(post("text/csv", "name,tags\nzed,yak\nyak,\n").body())
                .contains("zed: its tag yak is a host of the same table");
        assertThat(post("application/json", "[{\"name\":5}]").body()).contains("host 1: name must be a string");
        assertThat(fixture.get(PATH).body()).contains("\"hosts\":[]");
    }

    @Test
    void tenThousandHostsAreOneRequest() throws Exception {
        var many = IntStream.rangeClosed(1, 10_000)
                .mapToObj(
                        i -> "{\"name\":\"vm-%d\",\"address\":\"10.1.%d.%d\",\"user\":\"deploy\",\"tags\":[\"fleet\"]}"
                                .formatted(i, i / 250, i % 250))
                .collect(Collectors.joining(",", "[", "]"));
        assertThat(post("application/json", many).body()).contains("10000 new, 0 replaced");
        assertThat(post("application/json", many).body()).contains("0 new, 10000 replaced");
        assertThat(new ObjectMapper().readTree(fixture.get(PATH).body()).path("hosts"))
                .hasSize(10_000);
        var one = many.substring(0, many.length() - 1) + ",{\"name\":\"vm-10001\"}]";
        assertThat(post("application/json", one).body()).contains("at most 10000 hosts");
    }
}
