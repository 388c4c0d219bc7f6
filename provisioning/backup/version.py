"""Which Pressline this is."""

from importlib.metadata import PackageNotFoundError, version


def program_version() -> str:
    try:
        return version("pressline")
    except PackageNotFoundError:
        return "0"
