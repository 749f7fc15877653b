package dev.playcall.store;

class SqliteNotifyStoreTest extends NotifyStoreContract {}
