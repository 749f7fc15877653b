package dev.playcall.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.playcall.testing.Gateway.Told;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Commands with what they print and end with, as a file. {@code -Dgolden.write=true} writes it anew; look at the difference. */
public final class CommandTranscript {
    private static final String PROMPT = "$ playcall ";

    private CommandTranscript() {}

    /** Does every command of the file again; words are separated by blanks. */
    public static void repeat(Path file, Function<List<String>, Told> command) throws IOException {
        var golden = Files.readString(file);
        var now = golden.lines()
                .filter(l -> l.startsWith(PROMPT))
                .map(l -> l + "\n"
                        + told(command.apply(
                                List.of(l.substring(PROMPT.length()).split(" ")))))
                .collect(Collectors.joining("\n"));
        if (Boolean.getBoolean("golden.write")) {
            Files.writeString(file, now);
            return;
        }
        assertThat(now).isEqualTo(golden);
    }

    private static String told(Told told) {
        return told.out() + told.err() + "exit " + told.code() + "\n";
    }
}
