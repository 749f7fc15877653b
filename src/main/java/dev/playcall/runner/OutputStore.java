package dev.playcall.runner;

import dev.playcall.domain.name.RunId;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;

/** What runs write, for gateways that do not execute them. Times are those of the database. */
public interface OutputStore {
    /** The log, without secrets; other names are those of files in the run directory. */
    String LOG = "log";

    /**
     * A piece of a file.
     *
     * @param id grows with each piece that is added, of any run
     * @param log of the run, as its file is called below the folder of the logs
     * @param place of its first byte in the file
     */
    record Piece(long id, RunId run, String log, String file, long place, ByteBuffer bytes) {}

    /** Adds a piece. What was there from its place on is replaced. */
    void add(RunId run, String file, long place, byte[] bytes);

    /** How far a file is kept; 0 where nothing is. */
    long end(RunId run, String file);

    /** Pieces behind this number of runs that other nodes execute, in their order. */
    List<Piece> after(long id, String self, int most);

    /** Forgets what is older than this. */
    void forget(Duration age);
}
