"""Imports go down the layers, and nowhere in a circle (design section 2).

Lazy imports and imports for type checkers count: they are knowledge too.
"""

from __future__ import annotations

import ast
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

LAYERS = (
    ("errors", "vocab"),
    ("drafts", "resources"),
    ("when", "terms"),
    ("claim",),
    ("iri",),
    ("keys", "quotation", "schema"),
    ("loaders", "quads", "recall", "writers"),
    ("store",),
    ("fragments",),
    ("dialects",),
    ("known", "slice"),
    ("derived",),
    ("ask", "check", "explain", "find", "profiles", "reason"),
    ("answers", "build", "metadata", "notebook", "remote"),
    ("diff",),
    ("release",),
    ("stats", "view"),
    ("layout", "words"),
    ("network", "scene"),
    ("pictures",),
    ("api",),
    ("serve",),
    ("kg",),  # kg/__init__.py: the public names
    ("cli",),
    ("__main__",),
)
"""From the lowest to the highest; a name stands for a module or a whole package."""
NEVER = {
    ("loaders", "quads"),
    ("loaders", "store"),
    ("writers", "store"),
    ("pictures", "store"),
    ("view", "store"),
    ("network", "store"),
}
"""Pairs that may not meet even where the layers would allow it."""

RANK = {part: rank for rank, layer in enumerate(LAYERS) for part in layer}


@dataclass(frozen=True)
class Module:
    """A module: its dotted name, whether it is a package's ``__init__``, its syntax tree."""

    name: str
    is_package: bool
    tree: ast.Module


def modules_of(root: Path) -> dict[str, Module]:
    found = {}
    for path in sorted(root.rglob("*.py")):
        parts = [root.name, *path.relative_to(root).with_suffix("").parts]
        is_package = parts[-1] == "__init__"
        name = ".".join(parts[:-1] if is_package else parts)
        found[name] = Module(name, is_package, ast.parse(path.read_text(encoding="utf-8")))
    return found


def made_of(sources: Mapping[str, str]) -> dict[str, Module]:
    """Return modules from name and text; a name that others continue is a package."""
    return {
        name: Module(name, any(other.startswith(name + ".") for other in sources), ast.parse(text))
        for name, text in sources.items()
    }


def part_of(name: str) -> str:
    """Return the module or package directly under ``kg`` that a dotted name lies in."""
    return name.split(".")[1] if "." in name else name


def imports_of(module: Module, known: Mapping[str, Module]) -> Iterator[tuple[int, str]]:
    """Yield (line, module of kg) for each import, wherever it stands in the file."""
    for node in ast.walk(module.tree):
        for name in _named(node, module, known):
            if name.partition(".")[0] == "kg":
                yield getattr(node, "lineno", 0), name


def _named(node: ast.AST, module: Module, known: Mapping[str, Module]) -> list[str]:
    match node:
        case ast.Import(names=names):
            return [alias.name for alias in names]
        case ast.ImportFrom(names=names):
            base = _base(node, module)
            full = [f"{base}.{alias.name}" for alias in names]
            return [name if name in known else base for name in full]
        case ast.Call(args=[ast.Constant(value=str(name)), *_], func=function):
            called = function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")
            return [name] if called in {"import_module", "__import__"} else []
    return []


def _base(node: ast.ImportFrom, module: Module) -> str:
    if not node.level:
        return node.module or ""
    parts = module.name.split(".")
    above = parts[: len(parts) - node.level + module.is_package]
    return ".".join([*above, *([node.module] if node.module else [])])


def layer_faults(modules: Mapping[str, Module]) -> list[str]:
    faults = [f"{name}: has no layer" for name in modules if part_of(name) not in RANK]
    for name, module in modules.items():
        mine = part_of(name)
        for line, imported in imports_of(module, modules):
            other = part_of(imported)
            if other == mine or mine not in RANK:
                continue
            if other not in RANK:
                faults.append(f"{name}:{line} imports {imported}, which has no layer")
            elif (mine, other) in NEVER:
                faults.append(f"{name}:{line} imports {imported}: {mine} never imports {other}")
            elif RANK[other] >= RANK[mine]:
                faults.append(f"{name}:{line} imports {imported}, which is not below {mine}")
    return faults


def circle(modules: Mapping[str, Module]) -> list[str]:
    """Return the modules of one import circle in order, or nothing if there is none."""
    edges = {
        name: sorted({other for _, other in imports_of(module, modules) if other in modules})
        for name, module in modules.items()
    }
    done: set[str] = set()

    def walk(name: str, path: list[str]) -> list[str]:
        if name in path:
            return [*path[path.index(name) :], name]
        if name in done:
            return []
        for other in edges[name]:
            if found := walk(other, [*path, name]):
                return found
        done.add(name)
        return []

    for name in sorted(edges):
        if found := walk(name, []):
            return found
    return []


@pytest.fixture(scope="module")
def kg_modules(repo: Path) -> dict[str, Module]:
    return modules_of(repo / "kg")


def test_every_import_goes_to_a_lower_layer(kg_modules: dict[str, Module]) -> None:
    assert layer_faults(kg_modules) == []


def test_no_modules_import_each_other_in_a_circle(kg_modules: dict[str, Module]) -> None:
    assert circle(kg_modules) == []


def test_the_walk_sees_the_package_and_its_imports(kg_modules: dict[str, Module]) -> None:
    assert {"kg", "kg.errors", "kg.when.model"} <= set(kg_modules)
    assert "kg.errors" in {name for _, name in imports_of(kg_modules["kg.when.model"], kg_modules)}


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("kg.slice", "from kg.ask import run"),
        ("kg.slice", "def f():\n    from kg.cli import main"),
        ("kg.slice", "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import kg.pictures.svg"),
        ("kg.slice", "import importlib\nimportlib.import_module('kg.api')"),
        ("kg.slice", "from . import api"),
        ("kg.loaders.case", "from kg.quads import case_quads"),
        ("kg.loaders.case", "from ..store import open_store"),
        ("kg.pictures.svg", "from kg import store"),
        ("kg.newcomer", "x = 1"),
        ("kg.slice", "import kg.newcomer"),
        ("kg.slice", "import kg"),
    ],
)
def test_an_import_that_goes_up_or_aside_is_found(name: str, text: str) -> None:
    others = {"kg": "", "kg.ask": "", "kg.api": "", "kg.store": "", "kg.quads": "", "kg.cli": ""}
    assert layer_faults(made_of({**others, name: text})) != []


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("kg.slice", "from kg.store import open_store\nimport rdflib, kgtk"),
        ("kg.when.allen", "from kg.when.model import Interval"),
        ("kg.when.allen", "from .model import Interval\nfrom ..errors import TimeError"),
        ("kg.cli.app", "import kg\nfrom kg.errors import KgError"),
        ("kg.pictures.svg", "note = 'from kg.store import x'"),
    ],
)
def test_an_import_that_goes_down_is_left_alone(name: str, text: str) -> None:
    others = {"kg": "", "kg.store": "", "kg.errors": "", "kg.when": "", "kg.when.model": "", "kg.cli": ""}
    assert layer_faults(made_of({**others, name: text})) == []


def test_a_circle_is_found_inside_a_layer_and_inside_a_package() -> None:
    beside = made_of({"kg.ask": "import kg.explain", "kg.explain": "def f():\n    from kg.ask import run"})
    inside = made_of({"kg.when": "from kg.when.model import A", "kg.when.model": "from kg.when import B"})
    assert circle(beside) == ["kg.ask", "kg.explain", "kg.ask"]
    assert circle(inside) == ["kg.when", "kg.when.model", "kg.when"]


def test_two_ways_to_the_same_module_are_no_circle() -> None:
    diamond = {"kg.ask": "import kg.store, kg.slice", "kg.slice": "import kg.store", "kg.store": ""}
    assert circle(made_of(diamond)) == []
