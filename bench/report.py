"""What a benchmark found, as a table: each figure beside its baseline, and its target."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table."""

    what: str
    figure: float
    unit: str
    baseline: float | None = None
    """The same thing measured in the same run without Pressline; None when this is it."""
    target: str = ""
    """In words; empty where none is set."""
    met: bool | None = None

    def cells(self) -> tuple[str, ...]:
        return (
            self.what,
            f"{_number(self.figure)} {self.unit}",
            _number(self.baseline) if self.baseline is not None else "",
            _number(self.figure / self.baseline) if self.baseline else "",
            self.target,
            {True: "met", False: "MISSED", None: ""}[self.met],
        )


HEADINGS = ("", "figure", "baseline", "ratio", "target", "")


@dataclass(slots=True)
class Report:
    """One benchmark's rows, and what a reader must know of them."""

    title: str
    rows: list[Row] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def add(self, what: str, figure: float, unit: str, baseline: float | None = None) -> None:
        """A figure without a target."""
        self.rows.append(Row(what, figure, unit, baseline))

    def at_most(
        self, what: str, figure: float, unit: str, limit: float, baseline: float | None = None
    ) -> None:
        target = f"<= {_number(limit)} {unit}" if limit else "none"
        self.rows.append(Row(what, figure, unit, baseline, target, figure <= limit))

    def at_least(
        self, what: str, figure: float, unit: str, limit: float, baseline: float | None = None
    ) -> None:
        target = f">= {_number(limit)} {unit}"
        self.rows.append(Row(what, figure, unit, baseline, target, figure >= limit))

    def within(self, what: str, figure: float, unit: str, times: float, baseline: float) -> None:
        """The target is at most `times` the baseline."""
        met = figure <= times * baseline
        self.rows.append(Row(what, figure, unit, baseline, f"<= {times:g} x baseline", met))

    def text(self) -> str:
        table = [HEADINGS, *(row.cells() for row in self.rows)]
        widths = [max(len(line[column]) for line in table) for column in range(len(HEADINGS))]
        lines = [_line(cells, widths) for cells in table]
        rule = ["|" + "|".join("-" * (width + 2) for width in widths) + "|"]
        notes = [f"Note: {note}" for note in self.notes]
        return "\n".join([f"## {self.title}", "", lines[0], *rule, *lines[1:], "", *notes]).rstrip()


def _line(cells: tuple[str, ...], widths: list[int]) -> str:
    padded = (cell.ljust(width) for cell, width in zip(cells, widths, strict=True))
    return "| " + " | ".join(padded) + " |"


def _number(value: float) -> str:
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"
