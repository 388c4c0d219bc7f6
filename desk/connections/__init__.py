"""Read-only connections to the paper's databases, one file for each kind."""
