/** Python environments (venvs) whose names say what they are made of: the specification of the one that a playbook needs. */
@NullMarked
package dev.playcall.venv;

import org.jspecify.annotations.NullMarked;
