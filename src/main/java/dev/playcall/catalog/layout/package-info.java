/** Where a repository has its inventories and playbooks, found by the layouts that people use. */
@NullMarked
package dev.playcall.catalog.layout;

import org.jspecify.annotations.NullMarked;
