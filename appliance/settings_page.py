"""Writes `docs/settings.md` from the settings: `python -m appliance.settings_page`."""

from pathlib import Path

from .settings import PREFIX, Settings

PAGE = Path(__file__).parent.parent / "docs" / "settings.md"
HEAD = """\
# Settings

Made from `appliance/settings.py` by `python -m appliance.settings_page`; do not edit by hand.

Settings are read from `pressline.toml` in the home, and over it from the environment
(`PRESSLINE_HOME` itself only from there). `pressline settings` shows the values in force.

| in `pressline.toml` | in the environment | default | meaning |
|---|---|---|---|
"""


def page() -> str:
    defaults = Settings.model_validate({})
    return HEAD + "".join(
        f"| `{name}` | `{PREFIX}{name.upper()}` | {_shown(getattr(defaults, name))} "
        f"| {field.description} |\n"
        for name, field in Settings.model_fields.items()
    )


def _shown(value: object) -> str:
    if isinstance(value, tuple) and not hasattr(value, "_fields"):
        text = ("-" if all(isinstance(part, int) for part in value) else " ").join(map(str, value))
    else:
        text = str(value) if value else ""
    return f"`{text}`" if text else ""


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
