"""What comes with the data on paper: README, citation, licence.

Says what is so of a release that has been written; counts and hashes nothing itself.
"""

from __future__ import annotations

import io
from importlib.metadata import distribution
from pathlib import Path
from typing import TYPE_CHECKING, Final

from ruamel.yaml import YAML

from kg.errors import UnknownNameError
from kg.release.dumps import METHOD
from kg.vocab import BASE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.metadata import Figures
    from kg.release.dumps import Written
    from kg.release.plan import Plan

LICENCE: Final = "LICENSE-DATA"
_STANDARD: Final = {"trig", "nquads", "turtle", "jsonld"}
"""Profiles that any store of RDF 1.1 reads."""


def licence() -> str:
    """Return the licence of the data, from a checkout or an installed wheel."""
    beside = Path(__file__).resolve().parents[2] / LICENCE
    if beside.is_file():
        return beside.read_text(encoding="utf-8")
    text = distribution("conflict-kg").read_text(f"licenses/{LICENCE}")
    if text is None:
        raise UnknownNameError(f"{LICENCE} is not in the package", mend="reinstall conflict-kg")
    return text


def citation(plan: Plan, canonical: str) -> str:
    """Return a CITATION.cff (version 1.2.0 of the format) of the data set in this version."""
    about, page = plan.about, io.StringIO()
    yaml = YAML()
    yaml.width, yaml.allow_unicode = 110, True
    yaml.dump(
        {
            "cff-version": "1.2.0",
            "message": "If you use this data set, please cite it as below.",
            "type": "dataset",
            "title": about.title,
            "abstract": about.description,
            "version": about.version,
            "date-released": about.issued,
            "authors": [{"name": about.publisher}],
            "license": "CC-BY-4.0",
            "url": plan.address,
            "identifiers": [
                {"type": "url", "value": about.node.value, "description": "The data set in this version"},
                {"type": "other", "value": f"sha256:{canonical}", "description": METHOD},
            ],
            "keywords": list(about.keywords),
        },
        page,
    )
    return page.getvalue()


def readme(plan: Plan, figures: Figures, dumps: Sequence[Written], canonical: str, others: Sequence[str]) -> str:
    """Return what is in the release, how to check it and how to load it; ``others`` are its other files by name."""
    about = plan.about
    return "\n".join([
        f"# {about.title}, {about.version}", "",
        about.description, "",
        f"Released {about.issued}. {figures.claims:,} claims from {figures.sources:,} sources:",
        f"{figures.quads:,} quads in {figures.graphs:,} named graphs, {figures.triples:,} distinct triples.", "",
        "## Files", "", "| file | what it is | bytes |", "|---|---|---|",
        *(f"| `{one.name}` | {one.form.summary} | {one.dump.size:,} |" for one in dumps),
        *(f"| `{name}` | {_WHAT[name]} | |" for name in others), "",
        *_lost(dumps),
        *_checking(dumps, canonical),
        *_loading(dumps),
        "## Use it", "",
        f"Licence: CC BY 4.0 (`{LICENCE}`). To cite it: `CITATION.cff`.",
        f"IRIs begin with {BASE}, which is not registered yet: they are names, and lead nowhere.",
        "A statement is not asserted by being here: a claim says who said it, and who denied it.", "",
    ])  # fmt: skip


_WHAT: Final = {
    "void.ttl": "the data set and these files as VoID and DCAT 3 describe them",
    "ontology.html": "the ontology: every class, property and code with its definition",
    "changes.md": "what differs from the release before",
    "changes.csv": "the same, a line a change",
    "changes.json": "the same as JSON",
    "CITATION.cff": "how to cite it",
    LICENCE: "CC BY 4.0",
    "SHA256SUMS": "checksums of all files",
}


def _lost(dumps: Sequence[Written]) -> list[str]:
    lines = [f"- `{one.name}` does not carry: {' '.join(one.form.cannot)}" for one in dumps if one.form.cannot]
    return ["Every dump holds every quad, but:", "", *lines, ""] if lines else []


def _checking(dumps: Sequence[Written], canonical: str) -> list[str]:
    lines = [one.name for one in dumps if one.form.name == "nquads"]
    # True as long as the graph has no blank nodes, which only RDFC-1.0 itself can name.
    again = [f"gunzip -c {name} | LC_ALL=C sort | sha256sum  # the hash of the data set" for name in lines]
    return [
        "## Check it", "", "```sh", "sha256sum -c SHA256SUMS", *again, "```", "",
        f"The data set, in whatever file, has this hash: {METHOD}.", "", f"    {canonical}", "",
    ]  # fmt: skip


def _loading(dumps: Sequence[Written]) -> list[str]:
    standard = next((one.name for one in dumps if one.form.name in _STANDARD), "")
    load = [f"oxigraph load --location store --file {standard.removesuffix('.gz')}"] if standard else []
    return [
        "## Load it", "",
        "Any RDF store takes a file of a kind that it knows, and `kg convert` turns one into another:", "",
        "```sh", f"gunzip --keep {standard or dumps[0].name}", *load,
        f"kg convert {dumps[0].name} --from {dumps[0].form.name} --to nquads -o graph.nq", "```", "",
    ]  # fmt: skip
