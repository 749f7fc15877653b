package dev.playcall.cli.words;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What has to be known of a command line before it can be understood.
 *
 * @param command its first word that is no option, as typed
 * @param config the configuration file it names
 * @param elsewhere whether it is for a gateway that is not of this machine
 */
public record Beginning(Optional<String> command, Optional<Path> config, boolean elsewhere) {
    private static final String CONFIG = "--config";
    private static final String SERVER = "--server";
    private static final List<String> VALUED = List.of(CONFIG, SERVER, "--token-file", "-o", "--output");

    /** Read from the words as they were typed. */
    public static Beginning of(Map<String, String> environment, String... words) {
        boolean remote = !environment.getOrDefault("PLAYCALL_URL", "").isBlank();
        String command = null;
        Path config = null;
        for (int i = 0; i < words.length; i++) {
            var parts = words[i].split("=", 2);
            remote |= parts[0].equals(SERVER);
            if (VALUED.contains(words[i])) {
                config = words[i].equals(CONFIG) && i + 1 < words.length ? Path.of(words[i + 1]) : config;
                i++;
            } else if (parts[0].equals(CONFIG)) {
                config = Path.of(parts[1]);
            } else {
                command = first(command, words[i]);
            }
        }
        return new Beginning(Optional.ofNullable(command), Optional.ofNullable(config), remote);
    }

    private static @Nullable String first(@Nullable String before, String word) {
        return before == null && !word.startsWith("-") ? word : before;
    }
}
