"""The verbs. Each parses, calls one library function, and prints what comes back."""

from __future__ import annotations

import json
import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from pyoxigraph import QuerySolutions

import kg
from kg.answers import FORMATS, render, table, write_csv
from kg.ask import filled, find_question, header_findings, questions, run
from kg.build import build, findings_of
from kg.cli.options import DEFAULT_STORE, cut_of, endpoint_option, graph_of, slice_options, store_option
from kg.cli.watching import watch_files
from kg.derived import derived_lines, is_derived
from kg.errors import DataError, KgError, Severity, UsageError
from kg.explain import as_dicts, as_text
from kg.iri import expand
from kg.pictures import FIGURES, PICTURES, drawn
from kg.resources import data_dir
from kg.store import write_whole
from kg.words import texts_in, with_words

if TYPE_CHECKING:
    from kg.api import Graph
    from kg.ask import Answer
    from kg.slice import Cut

WIDTH = 160


class Verbs(click.Group):
    """Turns the errors of the library into one line each and an exit code."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run a verb; 1 for bad data, 2 for wrong usage."""
        try:
            return super().invoke(ctx)
        except DataError as error:
            for finding in error.findings:
                click.echo(str(finding), err=True)
            click.echo(f"kg: {len(error.findings)} finding(s); nothing was written", err=True)
            ctx.exit(1)
        except KgError as error:
            click.echo(f"kg: {error}", err=True)
            ctx.exit(2 if isinstance(error, UsageError) else 1)
        except BrokenPipeError:
            sys.stderr.close()
            ctx.exit(0)
        except OSError as error:
            told = f"{error.filename}: {error.strerror}; is the folder there, and yours to write in?"
            click.echo(f"kg: {told if error.filename and error.strerror else error}", err=True)
            ctx.exit(1)


@click.group(cls=Verbs, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 120})
@click.version_option(kg.__version__, prog_name="kg")
def main() -> None:
    """A temporal knowledge graph of what sources said about a conflict."""


@main.command("build")
@click.argument("cases", nargs=-1, metavar="[CASE]...")
@click.option("--graphs", type=click.Path(path_type=Path, exists=True, file_okay=False), help="The folder of cases.")
@click.option(
    "--store", type=click.Path(path_type=Path), default=DEFAULT_STORE, show_default=True, help="Where the store goes."
)
def build_verb(cases: tuple[str, ...], graphs: Path | None, store: Path) -> None:
    """Read graphs/, check it, write graph.trig beside each case and the store."""
    built = build(graphs or data_dir("graphs"), store, cases)
    for finding in built.warnings:
        click.echo(str(finding), err=True)
    for name, count in built.quads.items():
        click.echo(f"{name}: {count} quads")
    for name, count in built.derived.items():
        click.echo(f"derived: {count} {name}")
    if not built.changed and not built.store_changed:
        click.echo("nothing changed", err=True)
    for path in built.changed:
        click.echo(f"wrote {path}", err=True)
    if built.store_changed:
        click.echo(f"wrote {store}", err=True)


@main.command("query")
@click.argument("query", metavar="SPARQL|FILE.rq|-")
@slice_options
@store_option
@click.option("--format", "form", type=click.Choice(FORMATS), default="table", show_default=True)
@click.option("--width", default=WIDTH, show_default=True, help="Width of a table, in characters.")
def query_verb(query: str, store: Path | None, form: str, width: int, **options: Any) -> None:
    """Run SPARQL on a slice, or without slice options on the whole graph."""
    graph, options_cut, sparql = graph_of(store), cut_of(options), _sparql(query)
    answer = graph.query(sparql) if options_cut.is_whole else graph.slice(options_cut).query(sparql)
    click.echo(render(answer, form, width=width), nl=False)


def _sparql(query: str) -> str:
    if query == "-":
        return sys.stdin.read()
    if query.endswith(".rq"):
        path = Path(query)
        if not path.is_file():
            raise UsageError(f"there is no file {query!r}", mend="kg ask lists the questions that come with kg")
        return path.read_text(encoding="utf-8")
    return query


@main.command("ask")
@click.argument("name", required=False)
@click.argument("params", nargs=-1, metavar="[param=value]...")
@slice_options
@store_option
@endpoint_option
@click.option("--ca", type=click.Path(exists=True, dir_okay=False), help="Certificates to trust besides, for it.")
@click.option("--format", "form", type=click.Choice(FORMATS), default="table", show_default=True)
@click.option("--width", default=WIDTH, show_default=True, help="Width of a table, in characters.")
@click.option("--sparql", is_flag=True, help="Print the SPARQL instead of running it.")
def ask_verb(
    name: str | None,
    params: tuple[str, ...],
    *,
    store: Path | None,
    endpoint: str | None,
    ca: str | None,
    form: str,
    width: int,
    sparql: bool,
    **options: Any,
) -> None:
    """Answer a question of the catalogue; without a name, list the questions."""
    options_cut = cut_of(options)
    if name is None:
        lines = [[q.name, q.summary, ", ".join(f"{n}={k}" for n, k in q.params.items())] for q in questions().values()]
        heads = ["name", "what it answers", "parameters"]
        click.echo(write_csv(heads, lines) if form == "csv" else table(heads, lines, width=width), nl=False)
        return
    values = dict(_pair(param) for param in params)
    if sparql:
        click.echo(filled(find_question(name), values), nl=False)
        return
    if endpoint:
        _refuse_slice(options_cut)
        answer: Answer = _answer_of(endpoint, ca, filled(find_question(name), values))
    else:
        answer = graph_of(store).ask(name, options_cut, **values)
    click.echo(render(answer, form, width=width), nl=False)


def _answer_of(endpoint: str, ca: str | None, sparql: str) -> Answer:
    from kg.dialects import answer, dialect
    from kg.remote.access import access_for
    from kg.remote.asking import ask_endpoint

    ask = partial(ask_endpoint, endpoint, access=access_for(endpoint), ca=ca)
    faults = dialect(ask)
    if faults:
        names = ", ".join(probe.name for probe in faults)
        click.echo(f"{endpoint} answers otherwise ({names}): it is asked for quads, the question runs here", err=True)
    return answer(ask, sparql, faults)


def _refuse_slice(options_cut: Cut) -> None:
    if not options_cut.is_whole:
        raise UsageError("an endpoint is asked whole", mend="drop the slice options, or ask a store here")


def _pair(param: str) -> tuple[str, str]:
    name, equals, value = param.partition("=")
    if not equals or not name:
        raise UsageError(f"{param!r} is not a parameter", mend="write name=value")
    return name, value


@main.command("explain")
@click.argument("name", metavar="CLAIM|STATEMENT|EVENT|THING|CONTRADICTION|DUTY")
@store_option
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
def explain_verb(name: str, store: Path | None, form: str) -> None:
    """What was said, by whom, when, where in the source, and what denies, answers or supersedes it."""
    graph = graph_of(store)
    told, node = graph.explain(name), expand(name)
    if form == "json":
        click.echo(json.dumps(as_dicts(told), ensure_ascii=False, indent=1))
    else:
        if is_derived(node):
            click.echo("\n".join([*derived_lines(graph.store, node), ""]))
        click.echo(as_text(told) or f"nothing was said about {name}", nl=not told)


@main.command("check")
@click.option("--graphs", type=click.Path(path_type=Path, exists=True, file_okay=False), help="The folder of cases.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.option("--watch", is_flag=True, help="Check again whenever a file changes, until interrupted.")
def check_verb(graphs: Path | None, form: str, *, watch: bool) -> None:
    """Check files, shapes, timeline, references and questions; exit 1 if anything is wrong."""
    folder = graphs or data_dir("graphs")
    if watch:
        watch_files((folder, data_dir("queries")), lambda: _checked(folder, form))
    elif _checked(folder, form):
        sys.exit(1)


def _checked(graphs: Path, form: str) -> bool:
    """Print all findings; return whether one of them is an error."""
    found = findings_of(graphs)
    found += [finding for path in sorted(data_dir("queries").glob("*.rq")) for finding in header_findings(path)]
    if form == "json":
        fields = ("place", "rule", "severity", "message", "mend")
        click.echo(json.dumps([{f: str(getattr(x, f)) for f in fields} for x in found], ensure_ascii=False, indent=1))
    else:
        for finding in found:
            click.echo(str(finding))
    click.echo(f"{len(found)} finding(s)", err=True)
    return any(finding.severity is Severity.ERROR for finding in found)


@main.command("draw")
@click.argument("what", required=False, metavar="[NAME|FILE.rq|SOURCE|EVENT]")
@click.option(
    "-o", "--output", required=True, metavar="FILE", help="Where the picture goes; its ending says which; - is stdout."
)
@click.option(
    "--format", "form", type=click.Choice(PICTURES), help="The picture, if the file's ending does not say it."
)
@click.option(
    "--figure",
    type=click.Choice(tuple(FIGURES)),
    default="lanes",
    show_default=True,
    help="What an .svg or .png shows: who said what when, what links to what, what was when, or where.",
)
@click.option("--zone", default="UTC", show_default=True, help="The IANA zone of the time axis.")
@click.option("--title", default="", help="The title of the picture.")
@click.option(
    "--with-text",
    "texts",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="DIR",
    help="Where the texts of sources are: an .html then shows the words of their passages.",
)
@click.option(
    "--story", type=click.Path(path_type=Path, exists=True, dir_okay=False), help="Saved states of an .html, as JSON."
)
@slice_options
@store_option
def draw_verb(
    what: str | None,
    *,
    output: str,
    form: str | None,
    figure: str,
    zone: str,
    title: str,
    texts: Path | None,
    story: Path | None,
    store: Path | None,
    **options: Any,
) -> None:
    """Draw a slice, a question's answer, or what was said in a source or about a thing."""
    form = form or Path(output).suffix.removeprefix(".")
    if form in PICTURES and form != "html" and (texts or story):
        raise UsageError(f"a picture in {form} has no words and no story", mend="draw an .html, or leave them out")
    graph, options_cut = graph_of(store), cut_of(options)
    only = _named(graph, what) if what else set()
    if what and not only:
        raise UsageError(f"nothing of {what!r} can be drawn", mend="name a question, a .rq file, a source or a thing")
    view = graph.view(options_cut, title=title or what or "conflict-kg", only=only)
    if texts:
        view = with_words(view, texts_in(texts))
    steps = _story(story) if story else ()
    data = drawn(view, form, zone=zone, figure=figure, story=steps)
    if output == "-":
        sys.stdout.buffer.write(data)
        return
    Path(output).parent.mkdir(parents=True, exist_ok=True)
    write_whole(Path(output), data)
    click.echo(f"wrote {output}: {len(view.claims)} claims, {len(view.facts)} facts", err=True)


def _story(path: Path) -> tuple[dict[str, str], ...]:
    from kg.pictures.explorer.story import read_story

    return read_story(path)


def _named(graph: Graph, what: str) -> set[str]:
    """Return the IRIs that a name stands for, or that a query's rows hold."""
    if ":" in what and not what.endswith(".rq"):
        return graph.names_of(what)
    sparql = _sparql(what) if what.endswith(".rq") else find_question(what).text
    answer = run(graph.store, sparql, union=what.endswith(".rq"))
    if not isinstance(answer, QuerySolutions):
        raise UsageError(f"{what!r} does not answer in rows", mend="draw a SELECT")
    cells = (cell for solution in answer for cell in solution)
    return {str(cell.value) for cell in cells if cell is not None and str(cell).startswith("<")}
