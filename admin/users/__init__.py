"""Who works with the panel: users, what they may do, how they prove who they are."""
