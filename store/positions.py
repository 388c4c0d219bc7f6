"""Rows in an order that people choose: the first one that fits counts."""

from typing import Any

import peewee

from store.database import writing


def last(model: Any) -> int:
    """Where a new row comes: behind all others."""
    found = model.select(peewee.fn.MAX(model.position)).scalar()
    return 0 if found is None else int(found) + 1


def move(row: Any, *, up: bool) -> None:
    """Let a row change places with its neighbour; at the end it stays."""
    model = type(row)
    with writing():
        order = [other.id for other in model.select().order_by(model.position, model.id)]
        at = order.index(row.id)
        to = max(0, at - 1) if up else min(len(order) - 1, at + 1)
        order[at], order[to] = order[to], order[at]
        for position, id in enumerate(order):
            model.update(position=position).where(model.id == id).execute()
