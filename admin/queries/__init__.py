"""The paper's own databases, and the named questions that flows ask them."""
