package dev.playcall.store;

class SqliteRunListTest extends RunListContract {}
