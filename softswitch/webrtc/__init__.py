"""The browser as a phone: SIP over WebSocket and WebRTC on one side, a plain call on the other.

A process of its own beside the switch: what WebRTC costs never delays the audio of other calls.
"""
