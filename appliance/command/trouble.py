"""What the person at the terminal reads when a command fails: a sentence, never a traceback."""

import errno
import tempfile
import traceback

import click

from admin.errors import PanelError
from desk.errors import DeskError
from esl.errors import EslError
from ivr_flows.errors import FlowError
from lines.errors import LinesError
from provisioning.backup.errors import BackupError
from provisioning.freeswitch.errors import ProvisioningError
from provisioning.upgrade.errors import UpgradeError
from store.errors import StoreError
from tts_asr.errors import SpeechError
from voicemail.errors import VoicemailError

from ..errors import ApplianceError

OUR_ERRORS = (
    ApplianceError,
    BackupError,
    DeskError,
    EslError,
    FlowError,
    LinesError,
    PanelError,
    ProvisioningError,
    SpeechError,
    StoreError,
    UpgradeError,
    VoicemailError,
)
"""Their messages are fit for the person at the terminal."""

CLICKS_OWN = (click.ClickException, click.exceptions.Exit, click.Abort)


def told(error: Exception) -> Exception:
    """The exception that click shows in place of `error`."""
    if isinstance(error, CLICKS_OWN):
        return error
    if isinstance(error, OSError) and error.errno == errno.EPIPE:  # `pressline calls | head`
        return error
    return click.ClickException(_message(error))


def _message(error: Exception) -> str:
    if isinstance(error, OUR_ERRORS):
        return str(error)
    if isinstance(error, OSError) and error.strerror:
        return f"{error.filename}: {error.strerror}" if error.filename else error.strerror
    return (
        f"something unforeseen: {type(error).__name__}: {error}\n"
        f"The details, for a report, are in {_keep_details(error)}."
    )


def _keep_details(error: Exception) -> str:
    with tempfile.NamedTemporaryFile(
        "w", prefix="pressline-", suffix=".txt", encoding="utf-8", delete=False
    ) as file:
        file.writelines(traceback.format_exception(error))
    return file.name
