/** Queue, playbook lock, supervision and adoption of processes, intake of what they write. Knows processes, not Ansible. */
@NullMarked
package dev.playcall.runner;

import org.jspecify.annotations.NullMarked;
