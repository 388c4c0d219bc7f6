"""The mailboxes, as the callbox serves them to the steps of voicemail."""
