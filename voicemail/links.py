"""Signed links to one message: who has one needs no password until its days are over."""

from dataclasses import dataclass, field
from urllib.parse import quote

from itsdangerous import BadSignature, URLSafeTimedSerializer

PURPOSE = "pressline.message"
"""Part of the signature: what is signed for one purpose is worth nothing for another."""
LONGEST_TOKEN = 500
DAY = 86_400


@dataclass(frozen=True, slots=True)
class Links:
    """Makes links and reads them."""

    secret: str = field(repr=False)
    base_url: str
    """How people reach the panel, without a slash at the end."""
    days: int = 30
    """How long a link is good."""

    def url(self, message: str) -> str:
        """A link to one message, good from now on."""
        return f"{self.base_url}/messages/{quote(self.token(message))}"

    def token(self, message: str) -> str:
        return str(self._signer.dumps(message))

    def opened(self, token: str) -> str | None:
        """The message's id; None for whatever is not a good token (any more)."""
        if len(token) > LONGEST_TOKEN:
            return None
        try:
            found = self._signer.loads(token, max_age=self.days * DAY)
        except BadSignature:
            return None
        return found if isinstance(found, str) else None

    @property
    def _signer(self) -> URLSafeTimedSerializer:
        return URLSafeTimedSerializer(self.secret, salt=PURPOSE)
