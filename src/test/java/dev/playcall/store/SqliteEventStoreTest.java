package dev.playcall.store;

class SqliteEventStoreTest extends EventStoreContract {}
