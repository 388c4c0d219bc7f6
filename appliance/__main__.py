"""`python -m appliance` is the `pressline` command."""

from .command import main

main()
