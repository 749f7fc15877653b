package dev.playcall.catalog;

/** The catalogue as it stands now; reads the disk again when something there has changed. */
public interface Catalogs {
    Catalog current();
}
