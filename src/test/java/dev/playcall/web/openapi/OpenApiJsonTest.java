package dev.playcall.web.openapi;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the build makes of the description of the API says the same, and is not used for another description. */
class OpenApiJsonTest {
    private static final Path SOURCE = Path.of("src/main/resources/dev/playcall/web/openapi/openapi.yml");

    @Test
    void theBuildMakesTheSameDocumentForTheSameSource(@TempDir Path folder) throws IOException {
        var place = Files.createDirectories(folder.resolve("dev/playcall/web/openapi"));
        OpenApiJson.main(new String[] {folder.toString()});
        var made = Files.readAllBytes(place.resolve("openapi.json"));
        var source = Files.readString(SOURCE);
        assertThat(OpenApiJson.of(made, source.getBytes(UTF_8)))
                .hasValueSatisfying(document -> assertThat(document).isEqualTo(OpenApiJson.ofYaml()));
        assertThat(OpenApiJson.of(made, (source + "# edited\n").getBytes(UTF_8)))
                .isEmpty();
    }
}
