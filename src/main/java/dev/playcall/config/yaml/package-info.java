/** YAML with file and line; SnakeYAML lives here alone. */
@NullMarked
package dev.playcall.config.yaml;

import org.jspecify.annotations.NullMarked;
