package dev.playcall.web.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** A record in YAML is the same record. */
class YamlTextTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void whatIsReadAgainIsWhatWasWritten() throws Exception {
        for (var text : List.of(
                "{}",
                "[]",
                "\"a\"",
                "{\"a\":{},\"b\":[],\"c\":[[1,2],[],[{\"d\":1,\"e\":[3]}]],\"f\":null}",
                "{\"yes\":\"no\",\"1\":\"1\",\"n\":\"null\",\"t\":true,\"x\":1.5,\"y\":-3}",
                "{\"a b\":\"two words: here # not a comment\",\"c\":\"- x\",\"d\":\" e \",\"f\":\"\"}",
                "{\"lines\":\"one\\ntwo\\ttab\",\"quote\":\"\\\"'\\\\\",\"colon\":\"a: b\",\"é\":\"✓ ok\"}",
                "{\"at\":\"2026-01-31T09:30:00.123Z\",\"day\":\"2026-01-31\",\"v\":\"1.10\",\"o\":\"0x1f\",\"m\":\"12:30\"}")) {
            var node = JSON.readTree(text);
            var yaml = YamlText.of(node);
            var read = new Yaml(new SafeConstructor(new LoaderOptions())).<Object>load(yaml);
            assertThat(JSON.<JsonNode>valueToTree(read)).as(yaml).isEqualTo(node);
        }
    }

    @Test
    void peopleCanReadIt() throws Exception {
        assertThat(YamlText.of(JSON.readTree("{\"runs\":[{\"id\":5,\"status\":\"failed\",\"failed\":[\"web-1\"]}]}")))
                .isEqualTo("""
                    runs:
                      - id: 5
                        status: failed
                        failed:
                          - web-1
                    """);
    }
}
