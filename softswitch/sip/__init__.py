"""SIP over UDP: messages, transactions, dialogs, calls and the registrar (RFC 3261)."""
