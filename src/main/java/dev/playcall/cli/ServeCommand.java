package dev.playcall.cli;

import dev.playcall.boot.Application;
import dev.playcall.boot.GatewayMode;
import dev.playcall.boot.Signals;
import dev.playcall.boot.settings.RefusedException;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** The gateway. SIGTERM ends it, with code 0; what runs goes on and is picked up by the next start. */
@Command(name = "serve", description = "start the gateway")
final class ServeCommand implements Callable<Integer> {
    @ParentCommand
    @Nullable
    PlaycallCommand root;

    @Option(names = "--check", description = "only check the configuration and the database")
    boolean check;

    @Override
    public Integer call() throws InterruptedException {
        var command = Objects.requireNonNull(root);
        if (check) {
            Application.open(command.settings(), GatewayMode.READING, true).close();
            return Main.OK;
        }
        var application = Application.open(command.settings(), GatewayMode.WORKING, false);
        try {
            application.createAdmin(command.invocation().environment());
            application.start();
            application.reloadOnSighup();
        } catch (IllegalStateException e) {
            application.close();
            throw new RefusedException(String.valueOf(e.getMessage()));
        }
        var terminated = Signals.terminated();
        Runtime.getRuntime().addShutdownHook(new Thread(application::close));
        command.out().println("playcall ready on " + application.address());
        application.invitation().ifPresent(command.out()::println);
        command.out().flush();
        terminated.await();
        return Main.OK;
    }
}
