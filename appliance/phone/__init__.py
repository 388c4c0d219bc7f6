"""The test phone: real SIP and RTP calls by script, for `pressline call` and for tests."""
