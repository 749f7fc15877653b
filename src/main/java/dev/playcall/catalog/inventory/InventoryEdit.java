package dev.playcall.catalog.inventory;

import dev.playcall.catalog.inventory.HostsEdit.RefusedException;
import dev.playcall.catalog.variable.VariableOwner;
import dev.playcall.catalog.variable.WrittenVariable;
import java.util.List;
import java.util.Map;
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

    /**
     * The variables that this file itself gives to a host or a group, in the order of the file.
     *
     * @param file what the file is called
     */
    List<WrittenVariable> variables(VariableOwner owner, String file);

    /** The values that this file itself gives to one variable of its hosts, by host; only those that are one text, number or flag. */
    Map<String, String> values(String variable);

    /** With another value for a variable that this file gives, wherever it is written. */
    String set(VariableOwner owner, String name, Object value) throws RefusedException;

    /** With one more variable for a host, where this file names it by itself; refused where it only stands in a range. */
    String give(String host, String name, Object value) throws RefusedException;

    /** Without a variable that this file gives, wherever it is written. */
    String unset(VariableOwner owner, String name) throws RefusedException;

    /** With another name for this group, wherever it is written. */
    String renameGroup(String group, String to) throws RefusedException;
}
