package dev.playcall.store;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

class SqliteNotifyStoreTest extends NotifyStoreContract {
    @TempDir
    private Path folder;

    private SqliteFile file;

    @BeforeEach
    void open() {
        file = SqliteFile.in(folder);
    }

    @AfterEach
    void close() {
        file.close();
    }

    @Override
    Database database() {
        return file.database();
    }
}
