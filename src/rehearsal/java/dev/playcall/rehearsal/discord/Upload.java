package dev.playcall.rehearsal.discord;

/** A file that came with a request. */
@SuppressWarnings("ArrayRecordComponent")
record Upload(String name, byte[] bytes) {}
