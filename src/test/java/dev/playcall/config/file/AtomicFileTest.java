package dev.playcall.config.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFileTest {
    @TempDir
    Path folder;

    @Test
    void isMadeAndReplaced() throws IOException {
        var file = folder.resolve("a.yml");
        AtomicFile.write(file, "one\n");
        AtomicFile.write(file, "two\n");
        assertThat(file).hasContent("two\n");
        assertThat(FileTrees.in(folder)).containsExactly(file);
    }

    @Test
    void whereItCannotBeWrittenNothingStaysBesideIt() throws IOException {
        var file = folder.resolve("a.yml");
        Files.createDirectories(file.resolve("taken"));
        assertThatThrownBy(() -> AtomicFile.write(file, "one\n")).isInstanceOf(IOException.class);
        assertThat(FileTrees.in(folder)).containsExactly(file);
    }
}
