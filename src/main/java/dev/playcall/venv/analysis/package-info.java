/** What a playbook needs to run: the files it is made of, the plugins it names, and the collections and Python packages these need. */
@NullMarked
package dev.playcall.venv.analysis;

import org.jspecify.annotations.NullMarked;
