"""Both directions of FreeSWITCH's Event Socket; the only package with FreeSWITCH's words."""
