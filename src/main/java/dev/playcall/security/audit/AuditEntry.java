package dev.playcall.security.audit;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;

/** One line of the audit log; {@code sequence} counts from 1 without a gap. */
public record AuditEntry(long sequence, Instant at, AuditNote note) {
    /** What stands where the first entry has no other before it. */
    static final String NONE = "0".repeat(64);

    private static final String FORM = "playcall audit 1";

    public AuditEntry {
        at = at.truncatedTo(ChronoUnit.MILLIS);
    }

    /** SHA-256 over everything in this entry and the hash of the one before, as hexadecimal digits. */
    String hash(String previous) {
        try {
            var bytes = new ByteArrayOutputStream();
            write(new DataOutputStream(bytes), previous);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes.toByteArray()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java cannot compute SHA-256", e);
        }
    }

    /** Every text has its length before it: no two entries can be written alike. */
    private void write(DataOutputStream out, String previous) throws IOException {
        text(out, FORM);
        text(out, previous);
        out.writeLong(sequence);
        out.writeLong(at.toEpochMilli());
        text(out, note.person().value());
        text(out, note.channel());
        text(out, note.action());
        text(out, note.subject());
        text(out, note.verdict().word());
        text(out, note.reason());
        out.writeInt(note.details().size());
        for (var detail : note.details().entrySet()) {
            text(out, detail.getKey());
            text(out, detail.getValue());
        }
    }

    private static void text(DataOutputStream out, String text) throws IOException {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
    }
}
