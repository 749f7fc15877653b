package dev.playcall.boot;

/** A line of chat that starts a run, followed to its end. */
final class Deed {
    private final PlaycallCommand root;

    Deed(PlaycallCommand root) {
        this.root = root;
    }

    /** Returns the exit code: what became of the run. */
    int run(String line, boolean json) {
        var out = root.out();
        var screen = Screen.current();
        try (var session = Session.open(root.load(), Daemon.WORKING)) {
            var said = session.gateway().say(line, screen);
            if (said.refused() || said.run().isEmpty()) {
                out.print(said.text());
                out.flush();
                return Main.USAGE;
            }
            long run = said.run().getAsLong();
            var status = json
                    ? await(session.gateway(), run, screen)
                    : new Follower(session.gateway()::card, out, screen).follow(run);
            if (json) {
                out.println(session.gateway().run(run));
                out.flush();
            }
            return code(status);
        }
    }

    private static String await(HttpGateway gateway, long run, Screen screen) {
        var nothing = new java.io.PrintWriter(java.io.Writer.nullWriter());
        return new Follower(gateway::card, nothing, new Screen(screen.width(), false, false)).follow(run);
    }

    static int code(String status) {
        return switch (status) {
            case "success" -> Main.OK;
            case "cancelled" -> Main.CANCELLED;
            case "rejected", "expired" -> Main.USAGE;
            default -> Main.FAILED;
        };
    }
}
