-- Hosts that are sometimes well and sometimes not are few; they are found without reading all the others of a year.
create index tally_flips on tally (day, environment, key, flips) where kind = 'host' and flips > 0;
