"""The box's settings: `pressline.toml` in the home, over it `PRESSLINE_*` in the environment.

`docs/settings.md` is generated from this file.
"""

import os
import socket
import tomllib
from collections.abc import Mapping
from functools import cache, partial
from pathlib import Path
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo

from pydantic import BaseModel, ConfigDict, Field, SecretStr, ValidationError

from store import secrecy, this_box

from .errors import SettingsInvalid
from .secrets_file import store_key
from .setting_types import Address as Address
from .setting_types import (
    AddressField,
    AddressOrNone,
    BoxName,
    DialPattern,
    HereOrNone,
    IpOrNone,
    Phones,
    Port,
    PortOrNone,
    PortRange,
    QueueUrl,
    Risk,
    WebPhone,
    Words,
    Zone,
    without_password,
)

PREFIX = "PRESSLINE_"


class Settings(BaseModel):
    """Every setting, with its description and default."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", arbitrary_types_allowed=True, validate_default=True
    )

    home: Path = Field(Path("var"), description="Folder that holds everything that changes.")
    switch: Literal["embedded", "freeswitch"] = Field(
        "embedded",
        description="`embedded` starts the built-in switch; `freeswitch` uses one already there.",
    )
    sip: AddressField = Field(
        Address("127.0.0.1", 5060),
        description="Where phones reach the switch. `0.0.0.0:5060` opens the embedded switch "
        "to the local network.",
    )
    rtp_ports: PortRange = Field((20000, 29998), description="UDP ports for audio.")
    trunk_port: Port = Field(
        5080, description="Where providers' calls reach FreeSWITCH, on the host of `sip`."
    )
    tls_port: PortOrNone = Field(
        5061, description="Where phones reach FreeSWITCH by TLS, on the host of `sip`; 0: nowhere."
    )
    wss_port: PortOrNone = Field(
        7443, description="The same by secure WebSocket, for SIP phones in browsers."
    )
    sip_inside: HereOrNone = Field(
        None,
        description="Where the box's own programs call FreeSWITCH without a password: the phone in "
        "the panel, `pressline call`. Only an address of this machine, for instance "
        "`127.0.0.1:5070`; empty: `sip`.",
    )
    public_ip: IpOrNone = Field(
        "", description="The address that FreeSWITCH has for others, behind a router."
    )
    trunk_authorities: str = Field(
        "system",
        description="Who vouches for providers that FreeSWITCH reaches by TLS: `system`, whom this "
        "machine trusts; a file of certificates (PEM); or `none`: any certificate is taken, also "
        "that of whoever is between.",
    )
    srtp: Literal["accepted", "offered", "required"] = Field(
        "accepted",
        description="Encrypted audio with phones on FreeSWITCH: `accepted` when the phone offers "
        "it, `offered` to phones that are called as well, `required` of all.",
    )
    switch_sessions: int = Field(
        1000, ge=10, le=20_000, description="Legs of calls that FreeSWITCH takes at once."
    )
    esl: AddressField = Field(Address("127.0.0.1", 8021), description="The switch's Event Socket.")
    esl_password: SecretStr = Field(
        SecretStr(""),
        description="The Event Socket's password; empty: the one in `secrets.toml`.",
    )
    socket: AddressField = Field(
        Address("127.0.0.1", 8040),
        description="Where the callbox waits for calls (FreeSWITCH's `socket` application).",
    )
    panel: AddressField = Field(Address("127.0.0.1", 8080), description="The panel and `/healthz`.")
    web_phone: WebPhone = Field(
        "",
        description="Where the phone in the panel connects to (docs/browser-phone.md); empty: the "
        "panel's host, its port and two; `off`: no such phone.",
    )
    web_phone_url: Annotated[str, Field(pattern=r"^(wss?://[A-Za-z0-9.:\[\]/_-]+)?$")] = Field(
        "",
        description="How browsers reach it, for instance `wss://box.example:7443` behind a web "
        "server or on FreeSWITCH; empty: `ws://` and its address.",
    )
    database: str = Field(
        "",
        description="Store as a URL, for instance `postgresql://pressline@db.example/pressline`; "
        "empty: SQLite in `pressline.db` under the home (docs/growing.md).",
    )
    queue: QueueUrl = Field(
        "",
        description="The worker's queue on a Redis server, for instance "
        "`redis://127.0.0.1:6379/0`; empty: SQLite in `jobs.db` under the home.",
    )
    box: BoxName = Field(
        "",
        description="This box's name among those that share a store; empty: the machine's own.",
    )
    paper_name: str = Field("Daily", description="The paper's name, as callers hear it.")
    currency: Annotated[str, Field(pattern=r"^[A-Z]{3}$")] = Field(
        "EUR", description="ISO 4217 code of prices that name none."
    )
    time_zone: Zone = Field(ZoneInfo("UTC"), description="The paper's time zone (IANA name).")
    country: Annotated[str, Field(pattern=r"^([A-Z]{2})?$")] = Field(
        "",
        description="The paper's country (ISO 3166, for instance `DE`), for outside numbers "
        "written without their country code; empty: those are not called.",
    )
    language: Literal["en", "zh", "yue"] = Field(
        "en", description="Language of the notice when the callbox is away; flows have their own."
    )
    speech: Annotated[tuple[Literal["espeak", "gtts", "piper"], ...], Words] = Field(
        ("piper", "espeak"),
        description="Speech engines in order of preference. `gtts` sends texts to Google.",
    )
    phones: Phones = Field(
        default_factory=dict,
        description='Desk phones by number, for instance `"200=Desk, 201=Delivery"`.',
    )
    trunk: Annotated[str, Field(pattern=r"^([A-Za-z0-9.-]+(:[0-9]{1,5})?)?$")] = Field(
        "",
        description="Host (and port) of the provider that calls to outside numbers go to; "
        "empty: none are placed. Trunks in the paper's file replace it.",
    )
    dial_allow: Annotated[tuple[DialPattern, ...], Words] = Field(
        (),
        description="Outside numbers that may be dialled, for instance `+49* 0*`; empty: only desk "
        "phones. Dialling rules in the paper's file replace these two (docs/dialling.md).",
    )
    dial_refuse: Annotated[tuple[DialPattern, ...], Words] = Field(
        (), description="Of these, the ones that may not, for instance `0900* +49900*`."
    )
    mail_server: AddressOrNone = Field(
        None, description="SMTP server for messages, for instance `mail.example:587`; empty: none."
    )
    mail_tls: Literal["starttls", "tls", "none"] = Field(
        "starttls", description="How the way to it is kept secret; `none` only on this machine."
    )
    mail_ca: str = Field(
        "", description="File with the certificate of its authority; empty: the system's own."
    )
    mail_user: str = Field("", description="Account on the mail server; empty: no sign-in.")
    mail_password: SecretStr = Field(SecretStr(""), description="Password of that account.")
    mail_from: str = Field(
        "pressline@localhost", description="Address that mails about messages come from."
    )
    admin_mail: str = Field(
        "", description="Address that is told when the box needs a person; empty: only the log."
    )
    alarm_webhook: Annotated[str, Field(pattern=r"^(https?://\S+)?$")] = Field(
        "",
        description="Web address that is posted to when the box needs a person (docs/watching.md); "
        "inside the house only with `webhook_private`.",
    )
    alarm_secret: SecretStr = Field(
        SecretStr(""), description="Signs what is posted there, as webhooks of mailboxes are."
    )
    alarm_again: float = Field(
        24.0, ge=0.25, le=24 * 14, description="Hours until an alarm that lasts is told again."
    )
    alarm_quiet: Annotated[
        str, Field(pattern=r"^(([01]\d|2[0-3]):[0-5]\d-([01]\d|2[0-3]):[0-5]\d)?$")
    ] = Field(
        "",
        description="Hours of the paper's day in which only what stops calls is told, for instance "
        "`22:00-07:00`; the rest waits for their end.",
    )
    metrics_token: SecretStr = Field(
        SecretStr(""),
        description="Opens `/metrics` to other machines, as a bearer token; empty: this one alone.",
    )
    log_format: Literal["text", "json"] = Field(
        "text", description="`json`: each line of the log is one JSON object, for programs."
    )
    mail_largest: int = Field(
        5_000_000,
        ge=0,
        description="Bytes of audio that a mail may carry; larger messages come as a link.",
    )
    public_url: str = Field(
        "", description="How others reach the panel; empty: `http://` and its address."
    )
    panel_proxies: int = Field(
        0,
        ge=0,
        le=9,
        description="Reverse proxies before the panel; who asks is then taken from their "
        "`X-Forwarded-For`. They must pass the `Host` on. 0: nobody's word is taken.",
    )
    pieces_url: Annotated[str, Field(pattern=r"^(https?://\S+)?$")] = Field(
        "",
        description="Where readers find the experts' answers that were published; empty: "
        "`/experts` under `public_url`. For a web server of the paper that serves the folder "
        "`public/experts` of the home.",
    )
    webhook_private: Annotated[tuple[str, ...], Words] = Field(
        (),
        description="Networks inside the house that webhooks may go to, such as `10.1.2.0/24`.",
    )
    last_resort_box: str = Field(
        "desk",
        description="Mailbox for what callers say when their own cannot be found, "
        "or when the box could not answer.",
    )
    backup_target: Annotated[str, Field(pattern=r"^(/[^\n]*|sftp:\S+|s3:\S+)?$")] = Field(
        "",
        description="Where backups go: a folder on another disk, `sftp:user@host:folder` or "
        "`s3:https://host/bucket` (docs/backup.md); empty: none are made.",
    )
    backup_password: SecretStr = Field(
        SecretStr(""),
        description="Password of the archive; empty: the key that `pressline backup key` shows.",
    )
    backup_s3_key: str = Field("", description="Access key of an S3-compatible target.")
    backup_s3_secret: SecretStr = Field(SecretStr(""), description="Secret of that access key.")
    backup_hour: int = Field(
        3, ge=0, le=23, description="Hour of the paper's day at which a backup is made."
    )
    backup_keep: Annotated[str, Field(pattern=r"^[0-9]{1,3}[dwmy]( [0-9]{1,3}[dwmy])*$")] = Field(
        "14d 8w 12m",
        description="Of so many days, weeks, months and years a backup is kept, the last of each.",
    )
    backup_models: bool = Field(
        False, description="Whether speech models, which can be had again, go into backups."
    )
    backup_upload_limit: int = Field(
        0, ge=0, description="KiB a second that a backup sends at most; 0: as fast as it goes."
    )
    keep_calls: int = Field(
        0,
        ge=0,
        le=36_500,
        description="Days until calls are removed with their steps and recordings; 0: they are "
        "kept. Messages have their mailbox's own rule.",
    )
    keep_numbers: int = Field(
        0,
        ge=0,
        le=36_500,
        description="Days until it is forgotten who made a call and what was keyed in it "
        "(docs/security.md); 0: as long as the call is kept.",
    )
    accept_risks: Annotated[tuple[Risk, ...], Words] = Field(
        (),
        description="Dangers that the box starts in spite of, by the names with which it tells of "
        "them (docs/security.md).",
    )
    most_calls: int = Field(
        500,
        ge=1,
        le=10_000,
        description="Calls that are served at one time; who comes beyond them hears the notice "
        "and can leave a message.",
    )
    workers: int = Field(
        2, ge=1, le=16, description="Processes for what is slow: transcripts, mails, prompts."
    )
    query_workers: int = Field(
        16, ge=1, le=256, description="Queries and HTTP requests that may run at one time."
    )

    @property
    def own_calls(self) -> Address:
        """Where programs of the box place calls."""
        inside = self.sip_inside if self.switch == "freeswitch" else None
        return inside or self.sip

    @property
    def facts(self) -> dict[str, Any]:
        """What every text of a flow may name."""
        return {"paper": {"name": self.paper_name, "currency": self.currency}}

    @property
    def panel_url(self) -> str:
        return (self.public_url or f"http://{self.panel}").rstrip("/")

    @property
    def published_url(self) -> str:
        return (self.pieces_url or f"{self.panel_url}/experts").rstrip("/")

    @property
    def box_name(self) -> str:
        return self.box or socket.gethostname()[:64]

    @property
    def store_url(self) -> str:
        return self.database or f"sqlite:///{(self.home / 'pressline.db').absolute()}"


def _from_file(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        raise SettingsInvalid([f"{path}: cannot be read as TOML: {error}"]) from error


def _from_environment(environment: Mapping[str, str]) -> dict[str, str]:
    return {
        name[len(PREFIX) :].lower(): value
        for name, value in environment.items()
        if name.startswith(PREFIX)
    }


def _fault(error: Any, environment: Mapping[str, str], path: Path) -> str:
    name = str(error["loc"][0]) if error["loc"] else "settings"
    variable = PREFIX + name.upper()
    place = variable if variable in environment else f"{path}: {name}"
    if error["type"] == "extra_forbidden":
        return f"{place}: there is no such setting; `pressline settings` lists them all"
    message = error["msg"].removeprefix("Value error, ")
    field = Settings.model_fields.get(name)
    hint = f" ({field.description})" if field else ""
    given = "this" if "password" in name else without_password(repr(error["input"]))
    return f"{place}: {given} is refused: {message}{hint}"


def load(environment: Mapping[str, str] | None = None) -> Settings:
    """Read the settings, and tell the store where its key is and which box this is.

    Raises `SettingsInvalid` with every fault at once.
    """
    environment = os.environ if environment is None else environment
    home = Path(environment.get(f"{PREFIX}HOME", Settings.model_fields["home"].default))
    path = home / "pressline.toml"
    secrecy.use(cache(partial(store_key, home)))
    given = _from_file(path) | _from_environment(environment) | {"home": home}
    try:
        settings = Settings(**given)
    except ValidationError as error:
        faults = [_fault(e, environment, path) for e in error.errors()]
        raise SettingsInvalid(faults) from error
    this_box.call_it(settings.box_name)
    return settings
