package dev.playcall.cli;

import dev.playcall.boot.settings.RefusedException;
import dev.playcall.cli.client.HttpGateway;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.concurrent.Callable;

/** What a checkout has and an installation has not. Its classes are in {@code target/playcall-development.jar}. */
public interface DevelopmentTools {

    /** @throws RefusedException where that jar is not on the class path */
    static DevelopmentTools load() {
        return ServiceLoader.load(DevelopmentTools.class, DevelopmentTools.class.getClassLoader())
                .findFirst()
                .orElseThrow(() -> new RefusedException("bench and demo --chat need the development jar,"
                        + " which an installation does not have: start them with ./playcall in a checkout"));
    }

    /** A picocli command; its result is the exit code. */
    Callable<Integer> bench();

    /**
     * Starts a chat server on this machine with one person in front of it.
     *
     * @param platform {@code slack} or {@code discord}
     * @throws RefusedException when there is no such platform
     */
    ChatDemo chat(String platform);

    /** A chat server that ends when this is closed. */
    interface ChatDemo extends AutoCloseable {

        /** What has to be configured so that a gateway takes the server for the platform, named as in the environment. */
        Map<String, String> settings();

        /**
         * Takes the tour as a person of the chat. What the channel shows is printed and written to the transcript.
         *
         * @param problem the file that puts one of the sample hosts into maintenance
         * @return whether every run ended as expected
         */
        boolean tour(HttpGateway gateway, PrintWriter out, Path problem, Path transcript) throws IOException;

        @Override
        void close();
    }
}
