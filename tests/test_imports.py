"""Who may import whom (docs/architecture.md)."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
BELOW_PANEL = {"esl", "ivr_flows", "tts_asr", "store", "voicemail", "lines", "desk"}
ALLOWED: dict[str, set[str]] = {
    "esl": {"ivr_flows.ports"},
    "softswitch": set(),
    "ivr_flows": set(),
    "tts_asr": set(),
    "store": set(),
    "voicemail": {"store", "tts_asr", "ivr_flows"},
    "lines": {"store", "esl", "ivr_flows"},
    "desk": {"store", "ivr_flows"},
    "admin": BELOW_PANEL,
    "provisioning": {"store", "appliance.settings"},
}
OURS = {*ALLOWED, "appliance"}


def imported_modules(source: str) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.update(f"{node.module}.{alias.name}" for alias in node.names)
    return {name for name in found if name.split(".")[0] in OURS}


def is_allowed(module: str, package: str) -> bool:
    return any(f"{module}.".startswith(f"{allowed}.") for allowed in ALLOWED[package] | {package})


@pytest.mark.parametrize("package", sorted(ALLOWED))
def test_a_package_imports_only_what_the_architecture_allows(package: str) -> None:
    forbidden = [
        f"{path.relative_to(ROOT)} imports {module}"
        for path in (ROOT / package).rglob("*.py")
        for module in imported_modules(path.read_text())
        if not is_allowed(module, package)
    ]
    assert forbidden == []


def test_the_check_sees_a_forbidden_import() -> None:
    modules = imported_modules("from store.models import Call\nimport esl.call")
    assert {m for m in modules if not is_allowed(m, "softswitch")} == modules
