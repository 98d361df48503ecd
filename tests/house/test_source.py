"""No clock and no chance outside the command line; small files, short functions, honest names."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

LONGEST_FILE = 400
LONGEST_FUNCTION = 40
WRITTEN_BY_KG = {"kg/vocab.py"}
"""Lists of names that ``python -m kg.schema`` writes: as long as the ontology is."""
CLOCK_NAMES = {"now", "today", "utcnow"}
CLOCK_CALLS = {("time", name) for name in ("time", "time_ns", "localtime", "gmtime", "ctime")} | {("os", "urandom")}
CHANCE_MODULES = {"random", "secrets", "uuid"}
SHAPELESS = {"util", "utils", "helper", "helpers", "manager", "managers"}


def clock_faults(tree: ast.Module) -> list[str]:
    """Return a line for each use of the clock or of chance."""
    return [f"line {line}: {what}" for node in ast.walk(tree) for line, what in _clock_uses(node)]


def _clock_uses(node: ast.AST) -> Iterator[tuple[int, str]]:
    match node:
        case ast.Attribute(attr=name) if name in CLOCK_NAMES:
            yield node.lineno, f".{name}"
        case ast.Attribute(value=ast.Name(id=module), attr=name) if (module, name) in CLOCK_CALLS:
            yield node.lineno, f"{module}.{name}"
        case ast.Import(names=names):
            yield from ((node.lineno, a.name) for a in names if a.name.partition(".")[0] in CHANCE_MODULES)
        case ast.ImportFrom(module=str(module), names=names, level=0):
            if module.partition(".")[0] in CHANCE_MODULES:
                yield node.lineno, module
            yield from ((node.lineno, f"{module}.{a.name}") for a in names if (module, a.name) in CLOCK_CALLS)


def long_functions(tree: ast.Module) -> list[str]:
    """Return a line for each function whose body without its docstring is too long."""
    faults = []
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            body = node.body[1:] if ast.get_docstring(node) is not None else node.body
            length = (node.end_lineno or 0) - body[0].lineno + 1 if body else 0
            if length > LONGEST_FUNCTION:
                faults.append(f"line {node.lineno}: {node.name} has {length} lines, {LONGEST_FUNCTION} are allowed")
    return faults


def is_shapeless(path: Path) -> bool:
    """Return whether a module's or folder's name says nothing of what is in it."""
    return any(word in SHAPELESS for part in path.with_suffix("").parts for word in part.lower().split("_"))


def sources(repo: Path) -> list[Path]:
    return sorted((repo / "kg").rglob("*.py"))


def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def test_the_clock_and_chance_enter_in_the_command_line_only(repo: Path) -> None:
    inner = [path for path in sources(repo) if "cli" not in path.relative_to(repo / "kg").parts]
    assert {str(p.relative_to(repo)): f for p in inner if (f := clock_faults(parsed(p)))} == {}


def test_no_file_is_longer_than_four_hundred_lines(repo: Path) -> None:
    lengths = {str(p.relative_to(repo)): len(p.read_text(encoding="utf-8").splitlines()) for p in sources(repo)}
    too_long = {name: length for name, length in lengths.items() if length > LONGEST_FILE}
    assert {name: length for name, length in too_long.items() if name not in WRITTEN_BY_KG} == {}


def test_no_function_is_longer_than_forty_lines(repo: Path) -> None:
    assert {str(p.relative_to(repo)): f for p in sources(repo) if (f := long_functions(parsed(p)))} == {}


def test_no_module_is_named_for_nothing(repo: Path) -> None:
    assert [p for p in sources(repo) if is_shapeless(p.relative_to(repo))] == []


def test_python_stands_in_kg_tests_and_bench_only(repo: Path, ours: list[Path]) -> None:
    python = [path.relative_to(repo) for path in ours if path.suffix == ".py"]
    assert [str(path) for path in python if path.parts[0] not in {"kg", "tests", "bench"}] == []


def test_the_walk_sees_the_package(repo: Path) -> None:
    assert repo / "kg" / "errors.py" in sources(repo)


@pytest.mark.parametrize(
    "text",
    [
        "from datetime import datetime\nx = datetime.now()",
        "import datetime as dt\nx = dt.date.today()",
        "x = datetime.utcnow()",
        "stamp = datetime.now",
        "import time\nx = time.time()",
        "from time import time",
        "import random",
        "def f():\n    from uuid import uuid4",
        "import os\nx = os.urandom(8)",
    ],
)
def test_a_use_of_the_clock_or_of_chance_is_found(text: str) -> None:
    assert clock_faults(ast.parse(text)) != []


@pytest.mark.parametrize(
    "text",
    [
        "x = interval.known\ny = 'datetime.now()'",
        "import time\nx = time.perf_counter()",
        "from kg.when import instant",
        "from .random import x",
        "from datetime import datetime\nx = datetime.fromisoformat('2022-09-13T00:05:00+04:00')",
    ],
)
def test_what_only_looks_like_a_clock_is_left_alone(text: str) -> None:
    assert clock_faults(ast.parse(text)) == []


def function_of(lines: int, docstring: str = "") -> ast.Module:
    return ast.parse("\n".join(["def f():", *([docstring] if docstring else []), *["    x = 1"] * lines]))


def test_a_function_of_forty_one_lines_is_too_long() -> None:
    assert len(long_functions(function_of(41))) == 1


def test_a_function_of_forty_lines_with_a_long_docstring_is_not() -> None:
    assert long_functions(function_of(40, '    """One.\n\n' + "    More.\n" * 30 + '    """')) == []


@pytest.mark.parametrize("name", ["kg/utils.py", "kg/when/date_helpers.py", "kg/manager/store.py"])
def test_a_name_for_nothing_is_found(name: str) -> None:
    assert is_shapeless(Path(name))


@pytest.mark.parametrize("name", ["kg/store.py", "kg/when/utility.py", "kg/utilities_of_war.py"])
def test_a_name_for_something_is_left_alone(name: str) -> None:
    assert not is_shapeless(Path(name))
