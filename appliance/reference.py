"""Writes the reference of all steps: `python -m appliance.reference` makes `docs/steps.md`."""

from pathlib import Path

from ivr_flows.reference import page

from .steps import TABLE

PAGE = Path(__file__).parent.parent / "docs" / "steps.md"

if __name__ == "__main__":
    PAGE.write_text(page(TABLE), encoding="utf-8")
