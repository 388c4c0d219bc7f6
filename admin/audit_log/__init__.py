"""Who changed what: looked at, searched, given out; never altered."""
