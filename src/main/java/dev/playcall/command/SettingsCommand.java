package dev.playcall.command;

import java.util.Map;

/** Commands that show, change or reload the configuration of the running gateway. */
public sealed interface SettingsCommand extends Command {

    /** Reads the configuration file again. */
    record Reload() implements SettingsCommand {
        @Override
        public String auditAction() {
            return "reload";
        }

        @Override
        public String subject() {
            return "configuration";
        }
    }

    /** Lists what may be changed while the gateway runs. */
    record ShowSettings() implements SettingsCommand {
        @Override
        public String auditAction() {
            return "settings.show";
        }

        @Override
        public String subject() {
            return "settings";
        }
    }

    /** @param reason may be empty */
    record SetSetting(String key, String value, String reason) implements SettingsCommand {
        @Override
        public String auditAction() {
            return "settings.set";
        }

        @Override
        public String subject() {
            return key + " " + value;
        }

        @Override
        public Map<String, String> auditDetails() {
            return Map.of("reason", reason);
        }
    }

    /** Returns to the value of the configuration file. */
    record ResetSetting(String key, String reason) implements SettingsCommand {
        @Override
        public String auditAction() {
            return "settings.reset";
        }

        @Override
        public String subject() {
            return key;
        }

        @Override
        public Map<String, String> auditDetails() {
            return Map.of("reason", reason);
        }
    }
}
