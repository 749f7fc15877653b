package dev.playcall.cli.words;

import static org.assertj.core.api.Assertions.assertThat;

import dev.playcall.chat.command.CommandCatalogue;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

class CatalogueSpecTest {
    private final CommandSpec spec = CommandSpec.create();

    private List<String> spoken(String... typed) {
        var entry = CommandCatalogue.operation("ping");
        CatalogueSpec.describe(spec, entry);
        return CatalogueSpec.words(entry, List.of("production"), new CommandLine(spec).parseArgs(typed));
    }

    @Test
    void whatIsGivenTwiceIsSaidOnce() {
        assertThat(spoken("-l", "web", "--limit", "db", "-e", "a=1", "-e", "b=2"))
                .containsExactly("ping", "production", "--limit", "web", "--limit", "db", "a=1", "b=2");
    }
}
