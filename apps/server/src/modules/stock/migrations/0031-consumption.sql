-- What was sold in the last months is read by time; rows lie in that order, so a few ranges of pages are enough.
create index movement_by_day on stock.movement using brin (at) with (autosummarize = on);
