"""The steps that voicemail adds to the flow language."""

from voicemail.deposit.step import Voicemail

STEPS = (Voicemail,)
