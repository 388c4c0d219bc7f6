"""What exists outside a flow, as far as the loader is told; None means: not checked."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field

from ivr_flows.compiler import Compiler, compiler_for
from ivr_flows.languages import LANGUAGES
from ivr_flows.speaking import FILTERS


@dataclass(frozen=True, slots=True)
class QueryFace:
    """The parameters that a named query takes."""

    required: frozenset[str] = frozenset()
    optional: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class FlowFace:
    """What other flows must know of a flow."""

    takes: frozenset[str] = frozenset()
    """Variables that a caller of this flow hands in."""
    calls: frozenset[str] = frozenset()
    """The flows that it calls in its turn."""


@dataclass(frozen=True, slots=True)
class World:
    queries: Mapping[str, QueryFace] | None = None
    flows: Mapping[str, FlowFace] | None = None
    prompts: Collection[str] | None = None
    directory: Collection[str] | None = None
    named: Mapping[str, Collection[str]] = field(default_factory=dict)
    """Names that the steps of domains refer to, by kind: `mailbox` and so on."""
    facts: frozenset[str] = frozenset({"paper"})
    """Constants that every text may read."""
    languages: tuple[str, ...] = LANGUAGES
    filters: Mapping[str, Callable[..., str]] = field(default_factory=lambda: FILTERS)


@dataclass(frozen=True, slots=True)
class LoadContext:
    """What the fields of a step need while they are read."""

    compiler: Compiler
    languages: tuple[str, ...]
    language: str
    """The flow's own."""

    @classmethod
    def of(cls, world: World, language: str) -> "LoadContext":
        compiler = compiler_for(tuple(world.filters.items()))
        return cls(compiler, world.languages, language)
