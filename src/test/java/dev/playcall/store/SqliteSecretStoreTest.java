package dev.playcall.store;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

class SqliteSecretStoreTest extends SecretStoreContract {
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

    @Override
    Database again() {
        return file.again();
    }

    @Override
    void sql(String statement) {
        file.sql(statement);
    }
}
