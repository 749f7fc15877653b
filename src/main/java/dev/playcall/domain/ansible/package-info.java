/** What a run says to Ansible besides hosts, tags and variables: its options, and the one task of a run without a playbook. */
@NullMarked
package dev.playcall.domain.ansible;

import org.jspecify.annotations.NullMarked;
