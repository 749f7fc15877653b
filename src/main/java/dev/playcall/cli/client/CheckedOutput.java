package dev.playcall.cli.client;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;

/** A stream that remembers what could not be written to it: a {@link java.io.PrintWriter} keeps that to itself. */
public final class CheckedOutput extends FilterOutputStream {
    private volatile String problem = "";

    public CheckedOutput(OutputStream to) {
        super(to);
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        try {
            out.write(bytes, offset, length);
        } catch (IOException e) {
            problem = String.valueOf(e.getMessage());
            throw e;
        }
    }

    /** Why something is missing there, in the words of the system; a reader that left early, as head does, misses nothing. */
    public Optional<String> problem() {
        return Optional.of(problem).filter(p -> !p.isEmpty() && !p.contains("roken pipe"));
    }
}
