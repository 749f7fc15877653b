/** Python environments of playbooks: what each needs. */
@NullMarked
package dev.playcall.web.venvs;

import org.jspecify.annotations.NullMarked;
