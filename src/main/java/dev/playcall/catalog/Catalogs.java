package dev.playcall.catalog;

/** The catalogue as it stands now; reads the disk again when something there has changed. */
public interface Catalogs {
    Catalog current();

    /** The same after a change that was just made: the disk is looked at in any case. */
    default Catalog afterChange() {
        return current();
    }
}
