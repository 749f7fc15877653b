package dev.playcall.boot;

import dev.playcall.command.Caller;
import dev.playcall.command.CommandHandler;
import dev.playcall.command.Reply;
import dev.playcall.command.SettingsCommand;
import dev.playcall.domain.Origin;
import dev.playcall.domain.name.Person;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** SIGHUP has the configuration read anew: whoever can send it is our own user. */
final class SighupHandler {
    private static final Logger log = LoggerFactory.getLogger(SighupHandler.class);
    private static final Person SENDER = new Person("console:SIGHUP");

    private final CommandHandler commands;

    /** @param commands records what is asked of it and reads the configuration anew */
    SighupHandler(CommandHandler commands) {
        this.commands = commands;
    }

    void listen() {
        try {
            if (Signals.handle("HUP", this::reload)) {
                log.warn("SIGHUP is ignored in this process (nohup); use ./playcall reload");
            }
        } catch (ReflectiveOperationException e) {
            log.warn("SIGHUP cannot be handled ({}); use ./playcall reload", e.toString());
        }
    }

    private void reload() {
        switch (commands.handle(new SettingsCommand.Reload(), new Caller(SENDER, Origin.of("console:SIGHUP")))) {
            case Reply.Done(var message) -> log.info("SIGHUP: {}", message);
            case Reply.Invalid invalid -> log.error("SIGHUP: {}", invalid.line());
            case Reply other -> log.error("SIGHUP: reload failed: {}", other);
        }
    }
}
