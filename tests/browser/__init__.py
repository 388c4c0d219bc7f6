"""What a person does with the panel, in a real browser: headless Chromium."""
