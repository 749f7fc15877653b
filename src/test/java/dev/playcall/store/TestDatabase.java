package dev.playcall.store;

/** A database of its own for one test. */
interface TestDatabase extends AutoCloseable {
    Database database();

    /** The same one once more, as a gateway sees it that starts after this one. */
    Database again();

    /** What no gateway would do. */
    void sql(String... texts);

    @Override
    void close();
}
