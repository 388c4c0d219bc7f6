"""The paper's records: people, mailboxes, numbers, hours, dialling, phones, rooms, settings."""
