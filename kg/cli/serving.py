"""The verb that serves the graph on this machine."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli.app import main
from kg.cli.options import DEFAULT_STORE, store_option
from kg.errors import UsageError
from kg.store import CURRENT

PORT = 8642


@main.command("serve")
@store_option
@click.option("--port", default=PORT, show_default=True, type=click.IntRange(0, 65535), help="0: any that is free.")
@click.option("--host", default="127.0.0.1", show_default=True, help="The address that is listened at.")
@click.option("--public", is_flag=True, help="Let --host be an address that other machines reach.")
@click.option(
    "--timeout", default=30.0, show_default=True, type=click.FloatRange(0.1), help="Seconds that a query may take."
)
@click.option(
    "--limit",
    default=100_000,
    show_default=True,
    type=click.IntRange(1),
    help="Rows or triples that a result may have.",
)
@click.option(
    "--memory", default=2_000, show_default=True, type=click.IntRange(100), help="Megabytes that a query may take."
)
@click.option(
    "--cors", multiple=True, metavar="ORIGIN", help="Let pages of this origin read answers; repeatable, or *."
)
@click.option(
    "--release", type=click.Path(path_type=Path, exists=True, file_okay=False), help="Serve a release at /data/, too."
)
def serve_verb(
    store: Path | None, port: int, host: str, timeout: float, limit: int, memory: int, cors: tuple[str, ...],
    release: Path | None, *, public: bool,
) -> None:  # fmt: skip
    """Answer SPARQL queries over HTTP on this machine: read-only, with limits, until Ctrl-C.

    The endpoint is /sparql. It serves the store as it is now: a build changes
    nothing until the server is started again. Needs conflict-kg[serve].
    """
    try:
        from kg.serve.pool import Limits
        from kg.serve.run import Offer, bound, is_loopback, serve
    except ModuleNotFoundError as error:
        raise UsageError(f"there is no {error.name!r}", mend="pip install 'conflict-kg[serve]'") from error
    if not is_loopback(host) and not public:
        raise UsageError(f"{host} can be reached by others", mend="say --public if that is meant; nobody has to log in")
    folder = DEFAULT_STORE if store is None and (DEFAULT_STORE / CURRENT).is_file() else store
    offer = Offer(folder, Limits(timeout, limit, memory), cors, release)
    serve(offer, bound(host, port), lambda line: click.echo(line, err=True))
