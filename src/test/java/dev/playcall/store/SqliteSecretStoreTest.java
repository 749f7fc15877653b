package dev.playcall.store;

class SqliteSecretStoreTest extends SecretStoreContract {}
