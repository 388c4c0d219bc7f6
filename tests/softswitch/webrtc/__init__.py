"""The browser as a phone, without a browser: aiortc on the other side, too."""
