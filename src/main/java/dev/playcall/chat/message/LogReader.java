package dev.playcall.chat.message;

import dev.playcall.domain.Run;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Reads logs of runs from their end. */
public interface LogReader {

    /** The last lines, those about one host where it is given; empty when there is no log. */
    List<String> tail(Run run, int lines, Optional<String> host);

    /** The log as a file, where there is one. */
    Optional<Path> file(Run run);
}
