/** Runs that start from an Ansible which was imported before they came. */
@NullMarked
package dev.playcall.ansible.warm;

import org.jspecify.annotations.NullMarked;
