package dev.playcall.catalog.inventory;

import dev.playcall.catalog.inventory.HostsEdit.RefusedException;
import java.util.SortedMap;

/** Changes to an inventory that people wrote by hand; each gives the new text and leaves every other line as it is. */
public interface InventoryEdit {
    /** With one more host in this group, which is made where there is none. */
    String add(String host, String group, SortedMap<String, String> variables) throws RefusedException;

    /** Without this host, wherever it is written. */
    String remove(String host) throws RefusedException;

    /** Also in this group. */
    String tag(String host, String group) throws RefusedException;

    /** No longer in this group. */
    String untag(String host, String group) throws RefusedException;

    /** With one more group, which is empty. */
    String addGroup(String group) throws RefusedException;

    /** Without this group, which has to be empty. */
    String removeGroup(String group) throws RefusedException;

    /** With another name for this group, wherever it is written. */
    String renameGroup(String group, String to) throws RefusedException;
}
