package dev.playcall.cli;

import java.io.ByteArrayInputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;

/** A command as the process of one runs it, without the process: starting one takes longer than nearly every command. */
public final class CommandInProcess {
    private CommandInProcess() {}

    /** Exit code, standard output and standard error. */
    public record Result(int code, String out, String err) {}

    public static Result run(Path home, Map<String, String> environment, String input, String... arguments) {
        var out = new StringWriter();
        var err = new StringWriter();
        var stdin = new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8));
        int code = Main.execute(
                new Invocation(home, environment, stdin),
                new PrintWriter(out, true),
                new PrintWriter(err, true),
                arguments);
        return new Result(code, out.toString(), err.toString());
    }
}
