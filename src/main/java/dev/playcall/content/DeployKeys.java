package dev.playcall.content;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** The private keys that are kept for fetching, as files that are there only while they are needed. */
@FunctionalInterface
public interface DeployKeys {
    Opened open() throws IOException;

    /** Gone once it is closed. */
    interface Opened extends AutoCloseable {
        List<Path> files();

        @Override
        void close();
    }

    /** Nothing is kept: git and ssh use what their user has. */
    static DeployKeys none() {
        return () -> new Opened() {
            @Override
            public List<Path> files() {
                return List.of();
            }

            @Override
            public void close() {
                // nothing was opened
            }
        };
    }
}
