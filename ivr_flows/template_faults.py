"""What a template may contain: names, filters, `if`, `for`; no calls, no assignments.

Without calls, macros and assignments a template has nothing to grow with: what is left
(operators, filters, loops) is bounded one by one in `ivr_flows.sandbox`.
"""

from typing import Any

from jinja2 import nodes

from ivr_flows.problem import nearest, one_of, quoted
from ivr_flows.sandbox import Sandbox

ALLOWED_NODES = (
    nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name, nodes.Const, nodes.Filter,
    nodes.Test, nodes.Getattr, nodes.Getitem, nodes.Slice, nodes.If, nodes.For, nodes.CondExpr,
    nodes.Compare, nodes.Operand, nodes.And, nodes.Or, nodes.Not, nodes.BinExpr, nodes.UnaryExpr,
    nodes.Concat, nodes.List, nodes.Tuple, nodes.Dict, nodes.Pair, nodes.Keyword,
)  # fmt: skip


def faults(tree: nodes.Template, sandbox: Sandbox) -> list[tuple[str, str]]:
    """Each thing in the template that is not allowed, as (message, hint)."""
    found: list[tuple[str, str]] = []
    for node in tree.find_all(nodes.Node):
        fault = _fault(node, sandbox)
        if fault and fault not in found:
            found.append(fault)
    return found


def _fault(node: nodes.Node, sandbox: Sandbox) -> tuple[str, str] | None:
    if isinstance(node, nodes.Call):
        name = getattr(node.node, "name", None) or getattr(node.node, "attr", "")
        return f"functions cannot be called in a text, given {quoted(name)}", ""
    if isinstance(node, nodes.Filter) and node.name not in sandbox.public_filters:
        known = sandbox.public_filters
        hint = nearest(node.name, known)
        return f"unknown filter {quoted(node.name)}, expected one of {one_of(known)}", hint
    if isinstance(node, nodes.Test) and node.name not in sandbox.tests:
        return f"unknown test {quoted(node.name)}", nearest(node.name, sandbox.tests)
    if isinstance(node, nodes.Pow):
        return "** is not used in flows", ""
    if not isinstance(node, ALLOWED_NODES):
        kind = type(node).__name__.lower()
        return f"{quoted(kind)} is not used in texts, expected {{{{ … }}}}, if or for", ""
    return _hidden_name(node)


def _hidden_name(node: nodes.Node) -> tuple[str, str] | None:
    name: Any = getattr(node, "name", None) or getattr(node, "attr", None)
    if isinstance(node, nodes.Getitem) and isinstance(node.arg, nodes.Const):
        name = node.arg.value
    if isinstance(name, str) and name.startswith("_"):
        return f"names that begin with _ cannot be read, given {quoted(name)}", ""
    return None
