"""One's own account: name, language, password, second factor, and where one is signed in."""
