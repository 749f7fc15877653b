package dev.playcall.store;

class SqliteHostStatusTest extends HostStatusContract {}
