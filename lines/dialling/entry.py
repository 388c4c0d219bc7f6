"""Trunks, rules and limits as administrators write them: in YAML, in the panel."""

from ipaddress import ip_network
from typing import Annotated, Literal, Self

from phonenumbers import SUPPORTED_REGIONS
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from lines.dialling.number import PLAIN
from store.hours import Weekly
from store.models.line import CostClass, Door, NumberForm

Name = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_-]{0,63}$")]
Pattern = Annotated[str, Field(pattern=r"^(\+?[0-9]{1,19}\*?|\+?\*)$")]
"""A number, or a prefix with `*` behind it."""
Host = Annotated[str, Field(pattern=r"^([A-Za-z0-9.-]{1,253}(:[0-9]{1,5})?)?$")]
Gateway = Annotated[str, Field(pattern=r"^([A-Za-z0-9_.-]{1,64})?$")]
Login = Annotated[str, Field(pattern=r"^([A-Za-z0-9_.+*-]{1,64})?$")]
Password = Annotated[str, Field(max_length=128, pattern=r"^[^\x00-\x1f\x7f]*$")]
KEPT = "***"
"""In place of a password: the one that is kept. It is never given out again."""
Count = Annotated[int, Field(ge=0, le=1_000_000)] | None


def _country(code: str) -> str:
    if code not in SUPPORTED_REGIONS:
        raise ValueError("expected a country as two letters (ISO 3166), for instance DE")
    return code


def _shown(value: str) -> str:
    if value not in ("caller", "nothing") and not PLAIN.fullmatch(value):
        raise ValueError("expected caller, nothing, or a number such as +49301234567")
    return value


def _network(text: str) -> str:
    try:
        return str(ip_network(text))
    except ValueError as error:
        raise ValueError("expected an address or a network such as 192.0.2.0/28") from error


class _Plain(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class TrunkEntry(_Plain):
    """A way to outside numbers: a host, or a gateway that the switch itself knows."""

    name: Name
    host: Host = ""
    transport: Literal["udp", "tcp", "tls"] = "udp"
    user: Login = ""
    """The box registers there by this name; empty: the provider knows the box by its address."""
    password: Password = ""
    domain: Host = ""
    """Of the account, where it is not the host's."""
    expires: Annotated[int, Field(ge=60, le=86_400)] = 600
    """Seconds for which the box registers."""
    number: Annotated[str, Field(pattern=r"^(\+?[0-9]{1,20})?$")] = ""
    """What the provider's calls have dialled; empty: what each of them says."""
    addresses: tuple[Annotated[str, AfterValidator(_network)], ...] = ()
    """Networks that the provider's calls come from; empty: the host, where it is an address."""
    gateway: Gateway = ""
    shows: Annotated[str, Field(max_length=20), AfterValidator(_shown)] = "caller"
    numbers: tuple[Pattern, ...] = ()
    form: NumberForm = NumberForm.E164

    @model_validator(mode="after")
    def _has_one_way(self) -> Self:
        if bool(self.host) == bool(self.gateway):
            raise ValueError("expected either host or gateway")
        if self.gateway and (self.user or self.addresses or self.transport != "udp"):
            raise ValueError("expected no account or addresses: the gateway has its own")
        return self


class RuleEntry(_Plain):
    """One rule; the first that fits a number decides."""

    refuse: bool = False
    to: tuple[Pattern, ...] = ()
    countries: tuple[Annotated[str, AfterValidator(_country)], ...] = ()
    classes: tuple[CostClass, ...] = ()
    """Empty: the ordinary ones where it allows, all of them where it refuses."""
    doors: tuple[Door, ...] = ()
    hours: Weekly = None

    @model_validator(mode="after")
    def _names_something(self) -> Self:
        if not (self.to or self.countries or self.classes):
            raise ValueError("expected to, countries or classes: a rule for everything is none")
        return self


class LimitEntry(_Plain):
    """Calls in any hour and in any day; none for as many as you like, 0 for none at all."""

    per_hour: Count = None
    per_day: Count = None
    each_per_hour: Count = None
    each_per_day: Count = None
    each_at_once: Count = None
    """Calls that may be connected outside at one time."""


class OverallLimit(LimitEntry):
    """Of all calls outside the house. The usual numbers hold where nobody has thought of it."""

    per_hour: Count = 60
    per_day: Count = 300
    each_per_hour: Count = 10
    each_per_day: Count = 30
    each_at_once: Count = 5


class DiallingEntry(_Plain):
    """The whole section `dialling`."""

    limits: OverallLimit = OverallLimit()
    classes: dict[CostClass, LimitEntry] = Field(default_factory=dict)
    rules: dict[Name, RuleEntry] = Field(default_factory=dict)


OVERALL: Literal["all"] = "all"
"""The scope of the overall limit, in the store."""
