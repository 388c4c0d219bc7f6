"""The steps that voicemail adds to the flow language."""

from voicemail.access.step import Mailbox
from voicemail.deposit.step import Voicemail

STEPS = (Voicemail, Mailbox)
