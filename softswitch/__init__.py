"""The embedded switch: SIP, RTP and the Event Socket, held to FreeSWITCH's behaviour."""
