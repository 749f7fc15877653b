package dev.playcall.venv;

import java.time.Instant;

/**
 * An environment that a host has.
 *
 * @param name of the specification that it is for
 * @param path on the host
 * @param requirements stands for what it was made of; several names with the same share one folder
 * @param size in bytes when it was made; 0 where that is not kept
 */
public record HostVenv(String name, String path, Instant installed, String requirements, long size) {}
