"""What other processes may ask of experts' hours, and order there."""

from collections.abc import Callable, Mapping
from typing import Any

from lines.experts.hour.services import SERVICES

from ..asking import Asked
from .expert_hours import ExpertHours
from .hour_news import HourNews


class HourDesk:
    """Every answer is an hour as it then is (`lines.experts.hour.view`), or a list of them. The
    session 0 is the only one that is held."""

    def __init__(self, hours: ExpertHours, news: HourNews) -> None:
        self._hours = hours
        self._news = news

    def register(self, asked: Asked) -> None:
        asked.register("experts.sessions", self._sessions)
        asked.register("experts.state", self._state)
        asked.register("experts.watch", self._watch)
        for verb in SERVICES:
            asked.register(f"experts.{verb}", self._service(verb))

    def _sessions(self) -> list[Mapping[str, Any]]:
        return [conductor.hour.view for conductor in self._hours.all_held]

    def _state(self, session: int = 0) -> Mapping[str, Any]:
        return self._hours.held(session).hour.view

    def _watch(self, session: int = 0) -> Mapping[str, Any]:
        """Tell of it for a while, over the switch's bus."""
        conductor = self._hours.held(session)
        self._news.watched(conductor)
        return conductor.hour.view

    def _service(self, verb: str) -> Callable[..., Mapping[str, Any]]:
        def serve(session: int = 0, **given: Any) -> Mapping[str, Any]:
            return self._hours.held(session).serve(verb, given)

        return serve
