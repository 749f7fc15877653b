package dev.playcall.web.openapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.playcall.domain.Batch;
import dev.playcall.domain.RunEvent;
import dev.playcall.domain.RunState;
import dev.playcall.notify.event.Delivery;
import dev.playcall.notify.event.NotifyStore;
import dev.playcall.security.audit.AuditNote.AuditVerdict;
import dev.playcall.security.secret.SecretKind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The document is kept by hand, so what else would follow from the code is held here. */
class OpenApiDocumentTest {
    private static final Pattern PLACE = Pattern.compile("\\{(\\w+)}");
    private static final JsonNode DOCUMENT = read();

    private static JsonNode read() {
        try {
            return new ObjectMapper().readTree(OpenApiDocument.json());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Stream<Arguments> words() {
        var delivery = "/paths/~1api~1v1~1deliveries/get/";
        return Stream.of(
                Arguments.of("/components/schemas/Run/properties/status", RunState.values()),
                Arguments.of("/components/schemas/FullRun/properties/status", RunState.values()),
                Arguments.of("/components/schemas/AuditEntry/properties/decision", AuditVerdict.values()),
                Arguments.of("/components/schemas/Batch/properties/on_failure", Batch.OnFailure.values()),
                Arguments.of(body("/api/v1/batches/post") + "/properties/on_failure", Batch.OnFailure.values()),
                Arguments.of("/components/schemas/Delivery/properties/state", Delivery.State.values()),
                Arguments.of(delivery + "parameters/0/schema", Delivery.State.values()),
                Arguments.of(
                        delivery
                                + "responses/200/content/application~1json/schema/properties/held/items/properties/why",
                        NotifyStore.PendingMessages.Why.values()),
                Arguments.of(
                        body("/api/v1/secrets/{scope}/{name}/put") + "/properties/kind",
                        SecretKind.settable().toArray(SecretKind[]::new)));
    }

    /** @param route a path and a method: {@code /api/v1/runs/post} */
    private static String body(String route) {
        int end = route.lastIndexOf('/');
        return "/paths/" + route.substring(0, end).replace("/", "~1") + route.substring(end)
                + "/requestBody/content/application~1json/schema";
    }

    @ParameterizedTest
    @MethodSource("words")
    void theWordsOfTheDomainAreAllThere(String pointer, Enum<?>[] constants) {
        assertThat(texts(DOCUMENT.at(pointer + "/enum")))
                .as(pointer)
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(constants)
                        .map(c -> c.name().toLowerCase(Locale.ROOT))
                        .toList());
    }

    @Test
    void eachEventOfARunIsNamed() {
        var named = DOCUMENT.at("/paths/~1api~1v1~1runs~1{id}~1events/get/description")
                .asText()
                .replaceAll("(?s).*\\(|\\).*", "")
                .split(", ");
        assertThat(named)
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(RunEvent.class.getPermittedSubclasses())
                        .map(e -> e.getSimpleName().replaceAll("(?<=.)([A-Z])", "_$1"))
                        .map(e -> e.toLowerCase(Locale.ROOT))
                        .toList());
    }

    private static List<String> texts(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }

    private static Stream<Map.Entry<String, JsonNode>> operations() {
        return DOCUMENT.path("paths").properties().stream()
                .flatMap(path -> path.getValue().properties().stream()
                        .map(operation -> Map.entry(path.getKey(), operation.getValue())));
    }

    @Test
    void eachOperationHasANameOfItsOwnOneTagAndAnErrorResponse() {
        assertThat(operations().map(o -> o.getValue().path("operationId").asText()))
                .doesNotHaveDuplicates()
                .allMatch(id -> id.matches("(get|put|post|patch|delete)[A-Z]\\w+"));
        assertThat(operations()).allSatisfy(o -> {
            assertThat(o.getValue().path("tags")).as(o.getKey()).hasSize(1);
            assertThat(o.getValue().path("summary").asText()).as(o.getKey()).isNotBlank();
            assertThat(o.getValue().at("/responses/default/$ref").asText())
                    .as(o.getKey())
                    .isEqualTo("#/components/responses/Problem");
        });
    }

    @Test
    void thePlacesOfAPathAreItsPathParameters() {
        assertThat(operations())
                .allSatisfy(o -> assertThat(StreamSupport.stream(
                                        o.getValue().path("parameters").spliterator(), false)
                                .filter(p -> p.path("in").asText().equals("path"))
                                .map(p -> p.path("name").asText()))
                        .as(o.getKey())
                        .containsExactlyInAnyOrderElementsOf(PLACE.matcher(o.getKey())
                                .results()
                                .map(m -> m.group(1))
                                .toList()));
    }

    @Test
    void eachReferenceLeadsSomewhere() {
        assertThat(Pattern.compile("\"#(/[^\"]+)\"")
                        .matcher(OpenApiDocument.json())
                        .results())
                .extracting((MatchResult m) -> m.group(1))
                .isNotEmpty()
                .allMatch(pointer -> DOCUMENT.at(pointer).isObject());
    }

    @Test
    void whatARouteTakesIsReadFromIt() {
        var start = OpenApiDocument.operation("POST", "/api/v1/runs");
        assertThat(start.fields()).contains("operation", "environment", "variables");
        assertThat(start.limited()).isTrue();
        assertThat(start.polled()).isFalse();
        var list = OpenApiDocument.operation("GET", "/api/v1/runs");
        assertThat(list.parameters()).contains("status", "cursor").doesNotContain("If-None-Match");
        assertThat(list.polled()).isTrue();
        assertThat(list.limited()).isFalse();
    }

    @Test
    void aRouteThatIsNotInItIsRefused() {
        assertThatThrownBy(() -> OpenApiDocument.operation("DELETE", "/api/v1/runs"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("DELETE /api/v1/runs is not in openapi.yml");
    }
}
