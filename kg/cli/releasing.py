"""The verb that writes a release of the data set."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli.app import main
from kg.cli.options import graph_of, store_option
from kg.profiles import PROFILES
from kg.release import PROFILES_BY_DEFAULT, Plan, release


@main.command("release")
@click.argument("out", metavar="OUT", type=click.Path(path_type=Path))
@click.option("--version", required=True, help="The version that is released, as 1.0.0.")
@click.option("--date", required=True, metavar="DAY", help="The day of the release, as 2026-11-30.")
@click.option(
    "--profile", "profiles", multiple=True, type=click.Choice(list(PROFILES)), metavar="PROFILE",
    help=f"A dump in this profile of kg export; repeatable; without it {', '.join(PROFILES_BY_DEFAULT)}.",
)  # fmt: skip
@click.option(
    "--against", type=click.Path(path_type=Path), metavar="DIR|FILE",
    help="The release before this one: its folder, one of its dumps, or a store.",
)  # fmt: skip
@click.option("--base", default="", metavar="URL", help="Where the folder is to be published.")
@click.option("--force", is_flag=True, help="Write over a release that is there.")
@store_option
def release_verb(
    out: Path, version: str, date: str, profiles: tuple[str, ...], against: Path | None, base: str, store: Path | None,
    *, force: bool,
) -> None:  # fmt: skip
    """Write a release of the data set into the folder OUT: dumps, description, changes, ontology, licence, checksums.

    The same graph, version and date give the same bytes. Needs conflict-kg[release].
    """
    plan = Plan(version, date, profiles or PROFILES_BY_DEFAULT, base, against)
    done = release(graph_of(store).store, plan, out, force=force)
    for name in done.files:
        click.echo(f"{(out / name).stat().st_size:>11,} {name}")
    click.echo(f"data set: sha256:{done.canonical} (RDFC-1.0)")
    told = "there is no earlier release to compare with" if done.changes is None else f"{done.changes} changes"
    click.echo(f"wrote {out}: {told}", err=True)
