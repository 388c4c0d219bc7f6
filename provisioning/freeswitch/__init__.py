"""FreeSWITCH's configuration: rendered from the store and the settings, checked, applied."""
