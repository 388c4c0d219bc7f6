"""What can go wrong with voicemail.

VoicemailError
├── BoxUnknown         there is no such mailbox (any more)
├── BoxTaken           a name or number that another mailbox has
├── BoxInvalid         a mailbox with odd facts; every fault is listed
├── BoxNotEmpty        a mailbox that holds messages was to be removed
├── BoxFull            a message was to be forwarded to a mailbox that takes no more
├── LetterGone         the message is not in that mailbox (any more)
├── PinRefused         a PIN that is too short or too easy to guess
├── GreetingRefused    a file or text that cannot be a greeting
├── MessageNotKept     a recording could not be brought to its place
├── MessageUnknown     no message of that id
├── DeliveryUnknown    no delivery of that number
└── DeliveryFailed     somebody could not be told of a message; it is tried again later
    └── DeliveryRefused   … for good: trying again would change nothing
        └── MailTooLarge  … for its size: a smaller mail may do
"""

from collections.abc import Sequence


class VoicemailError(Exception):
    """Base of voicemail's errors; its message is fit for the person at the terminal."""


class BoxUnknown(VoicemailError, LookupError):
    """There is no such mailbox."""

    def __init__(self, asked: str | int) -> None:
        super().__init__(
            f'there is no mailbox "{str(asked)[:64]}"; `pressline mailboxes` lists them all'
        )


class BoxTaken(VoicemailError, ValueError):
    """A name or number that another mailbox has."""


class BoxInvalid(VoicemailError, ValueError):
    """A mailbox with odd facts."""

    def __init__(self, faults: Sequence[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = tuple(faults)


class BoxNotEmpty(VoicemailError):
    """A mailbox that holds messages is not removed unless that is wanted."""

    def __init__(self, name: str, messages: int) -> None:
        super().__init__(f'mailbox "{name}" holds {messages} messages; export or delete them first')


class BoxFull(VoicemailError):
    """The mailbox takes no more messages."""

    def __init__(self, name: str) -> None:
        super().__init__(f'mailbox "{name}" is full')


class LetterGone(VoicemailError, LookupError):
    """The message is not in that mailbox (any more)."""

    def __init__(self, letter: str, box: str) -> None:
        super().__init__(f'message {letter[:36]} is not in mailbox "{box}"')


class PinRefused(VoicemailError, ValueError):
    """A PIN that is no good one; the PIN itself is never told."""

    def __init__(self, why: str) -> None:
        super().__init__(f"{why}; choose another")


class GreetingRefused(VoicemailError, ValueError):
    """A file or text that cannot be a greeting."""


class MessageNotKept(VoicemailError):
    """No recording could be brought to its place."""

    def __init__(self, message: str, tried: Sequence[object], reason: str) -> None:
        where = ", ".join(map(str, tried)) or "no file"
        super().__init__(f"message {message[:36]} is not kept ({where}): {reason}")


class MessageUnknown(VoicemailError, LookupError):
    """No message of that id."""

    def __init__(self, message: str) -> None:
        super().__init__(f"there is no message {message[:36]!r}")


class DeliveryUnknown(VoicemailError, LookupError):
    """No delivery of that number."""

    def __init__(self, delivery: int) -> None:
        super().__init__(f"there is no delivery {delivery}")


class DeliveryFailed(VoicemailError):
    """Somebody could not be told just now; the message says why, in plain words."""


class DeliveryRefused(DeliveryFailed):
    """Somebody can never be told this way."""


class MailTooLarge(DeliveryRefused):
    """The mail server takes no mail of that size."""

    def __init__(self, answer: str) -> None:
        super().__init__(f"the mail is too large for the mail server: {answer}")
