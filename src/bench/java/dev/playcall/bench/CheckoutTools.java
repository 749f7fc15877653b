package dev.playcall.bench;

import dev.playcall.cli.DevelopmentTools;
import dev.playcall.cli.client.HttpGateway;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;

/** Found by the command line when the development jar is on the class path. */
public final class CheckoutTools implements DevelopmentTools {

    @Override
    public Callable<Integer> bench() {
        return new BenchCommand();
    }

    @Override
    public ChatDemo chat(String platform) {
        return new Demo(ChatRehearsal.of(platform));
    }

    private record Demo(ChatRehearsal chat) implements ChatDemo {
        @Override
        public Map<String, String> settings() {
            return chat.settings();
        }

        @Override
        public boolean tour(HttpGateway gateway, PrintWriter out, Path problem, Path transcript) throws IOException {
            return new ChatTour(chat, gateway, out, problem).take(transcript);
        }

        @Override
        public void close() {
            chat.close();
        }
    }
}
