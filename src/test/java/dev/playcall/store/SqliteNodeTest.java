package dev.playcall.store;

class SqliteNodeTest extends NodeContract {}
