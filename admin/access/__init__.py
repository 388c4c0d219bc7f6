"""Who may do what in the panel."""
