"""Whether FreeSWITCH would take files, before it is given them."""

import xml.etree.ElementTree as ElementTree
from collections.abc import Mapping

from .errors import ConfigurationInvalid


def check(files: Mapping[str, str]) -> None:
    """Raises `ConfigurationInvalid` with each file that is no XML."""
    faults = [fault for name, text in sorted(files.items()) if (fault := _fault(name, text))]
    if faults:
        raise ConfigurationInvalid(faults)


def _fault(name: str, text: str) -> str:
    try:
        ElementTree.fromstring(text)
    except ElementTree.ParseError as error:
        return f"{name}: no XML: {error}"
    return ""
