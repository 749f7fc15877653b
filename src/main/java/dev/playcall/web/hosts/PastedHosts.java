package dev.playcall.web.hosts;

import dev.playcall.command.HostCommand;
import java.io.IOException;

/** Reads a table of hosts, CSV or JSON, that somebody pasted. */
@FunctionalInterface
public interface PastedHosts {
    /** @throws dev.playcall.web.http.ProblemException when it is neither */
    HostCommand.RegisterHosts read(String environment, String text) throws IOException;
}
