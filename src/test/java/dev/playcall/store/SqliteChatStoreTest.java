package dev.playcall.store;

class SqliteChatStoreTest extends ChatStoreContract {}
