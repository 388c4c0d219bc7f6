"""Before the box starts: ends what a power cut left of an upgrade. As root:

python -m provisioning.upgrade.boot
"""

import sys

from .errors import UpgradeError
from .layout import Layout
from .recovering import at_boot
from .systemd import SystemdBox
from .upgrading import Upgrade


def main() -> None:
    try:
        version = at_boot(Upgrade(Layout(), SystemdBox("", runs=False)))
    except (UpgradeError, OSError) as error:
        sys.exit(f"an upgrade that was cut off cannot be ended: {error}")
    if version:
        print(f"An upgrade was cut off; the box is wholly version {version}.")


if __name__ == "__main__":
    main()
