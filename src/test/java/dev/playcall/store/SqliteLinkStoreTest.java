package dev.playcall.store;

class SqliteLinkStoreTest extends LinkStoreContract {}
