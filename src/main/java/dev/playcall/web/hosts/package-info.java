/** The editor of an inventory: hosts, groups, variables and files of one environment. */
@NullMarked
package dev.playcall.web.hosts;

import org.jspecify.annotations.NullMarked;
