package dev.playcall.store.run;

import dev.playcall.domain.name.RunId;
import dev.playcall.runner.OutputStore;
import dev.playcall.store.sql.Dialect;
import dev.playcall.store.sql.Transactions;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.jdbi.v3.core.Jdbi;

/** Pieces of output in SQL, each compressed by gzip. */
public record SqlOutputs(Transactions transactions, Jdbi readers) implements OutputStore {

    @Override
    public void add(RunId run, String file, long place, byte[] bytes) {
        var body = packed(bytes);
        transactions.run(h -> {
            h.createUpdate("delete from run_output where run = :run and file = :file and place >= :place")
                    .bind("run", run.value())
                    .bind("file", file)
                    .bind("place", place)
                    .execute();
            h.createUpdate("insert into run_output (run, file, place, size, body, written_at)"
                            + " values (:run, :file, :place, :size, :body, "
                            + Dialect.of(h).now() + ")")
                    .bind("run", run.value())
                    .bind("file", file)
                    .bind("place", place)
                    .bind("size", bytes.length)
                    .bind("body", body)
                    .execute();
        });
    }

    @Override
    public long end(RunId run, String file) {
        return readers.withHandle(h -> h.createQuery(
                        "select coalesce(max(place + size), 0) from run_output where run = :run and file = :file")
                .bind("run", run.value())
                .bind("file", file)
                .mapTo(Long.class)
                .one());
    }

    @Override
    public List<Piece> after(long id, String self, int most) {
        return readers.withHandle(h -> h.createQuery("""
                        select o.id, o.run, coalesce(r.log, '') as log, o.file, o.place, o.body
                        from run_output o join run r on r.id = o.run
                        where o.id > :id and coalesce(r.node, '') <> :self order by o.id limit :most""")
                .bind("id", id)
                .bind("self", self)
                .bind("most", most)
                .map((r, _) -> new Piece(
                        r.getLong("id"),
                        new RunId(r.getLong("run")),
                        r.getString("log"),
                        r.getString("file"),
                        r.getLong("place"),
                        ByteBuffer.wrap(unpacked(r.getBytes("body")))))
                .list());
    }

    @Override
    public void forget(Duration age) {
        transactions.run(h -> h.createUpdate("delete from run_output where written_at < "
                        + Dialect.of(h).now() + " - :age")
                .bind("age", age.toMillis())
                .execute());
    }

    private static byte[] packed(byte[] bytes) {
        var out = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private static byte[] unpacked(byte[] body) {
        try (var gzip = new GZIPInputStream(new ByteArrayInputStream(body))) {
            return gzip.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
