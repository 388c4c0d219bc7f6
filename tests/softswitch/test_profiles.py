"""The embedded switch's kinds of rooms are those of the handbook."""

import re

from softswitch.conference.profiles import profile_of
from tests.switch_config import documented_profiles


def test_the_profiles_are_as_the_handbook_gives_them() -> None:
    written = re.findall(r'<profile name="([^"]+)">(.*?)</profile>', documented_profiles(), re.S)
    assert [name for name, _ in written] == ["pressline-room", "pressline-hall"]
    for name, text in written:
        given = dict(re.findall(r'name="([^"]+)" value="([^"]+)"', text))
        known = profile_of(name)
        assert (known.energy, known.most) == (
            int(given["energy-level"]),
            int(given["max-members"]),
        )


def test_a_profile_that_nobody_has_written_has_no_limit() -> None:
    assert (profile_of("odd").name, profile_of("odd").most) == ("odd", 0)
