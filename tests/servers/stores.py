"""The stores that the tests run: each is started empty on a free port of loopback and stopped with the block.

What a caller gets is a Server: its addresses, and the fastest way to put a file of N-Quads into it.
"""

from __future__ import annotations

import subprocess
import sys
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from kg.remote.access import Access
from kg.remote.connection import Connection, Patience
from kg.remote.target import Target, kind
from tests.servers.downloads import FUSEKI, JETTY, RDF4J, jar, program, version_of
from tests.servers.processes import free_port, running, send

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager

JVM = ("-Xmx1500m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1")


@dataclass(frozen=True, slots=True)
class Server:
    """A store that runs: its kind, its version and its addresses; '' for what it does not have."""

    kind: str
    version: str
    url: str
    """The address of the data set, as kg push takes it."""
    process: subprocess.Popen[bytes]
    query_url: str
    update_url: str
    graph_store_url: str
    """Graph Store HTTP Protocol, with ?graph= or ?default."""
    dataset_url: str
    """Where a POST of TriG or N-Quads adds quads to their graphs."""
    load: Callable[[Path], None]
    """Adds a file of N-Quads, each quad to its graph, by the fastest way the store has."""
    user: str = ""
    password: str = ""
    """For what it asks a name for; the tests' own, worth nothing elsewhere."""
    login_update_url: str = ""
    """Where updates are taken from those who log in (HTTP digest), if elsewhere."""
    login_graph_store_url: str = ""

    def connection(self, patience: Patience | None = None) -> Connection:
        """Return the connection that kg push makes, of a user who may write."""
        access = Access(self.user, self.password)
        return Connection(Target(kind(self.kind), self.url), access, patience or Patience(timeout=120, attempts=2))


Starter: TypeAlias = "Callable[[Path], AbstractContextManager[Server]]"


def post(url: str, path: Path) -> None:
    """POST a file of N-Quads."""
    with path.open("rb") as body:
        send(url, body, "application/n-quads")


@contextmanager
def oxigraph(folder: Path) -> Iterator[Server]:
    """Run an Oxigraph server (PyPI); its default graph is not the union."""
    base = f"http://127.0.0.1:{free_port()}"
    program_ = Path(sys.executable).parent / "oxigraph"
    command = [str(program_), "serve", "--location", str(folder / "store"), "--bind", base.removeprefix("http://")]
    with running(command, f"{base}/query?query=ASK%7B%7D", folder=folder) as process:
        yield Server(
            "oxigraph", version("oxigraph"), base, process, f"{base}/query", f"{base}/update", f"{base}/store", f"{base}/store",
            lambda path: post(f"{base}/store?no_transaction&lenient", path),
        )  # fmt: skip


@contextmanager
def fuseki(folder: Path) -> Iterator[Server]:
    """Run Apache Jena Fuseki over a TDB2 store; its default graph is not the union."""
    java = program("java", package="default-jdk-headless")
    port = free_port()
    base = f"http://127.0.0.1:{port}/kg"
    (folder / "tdb2").mkdir(exist_ok=True)
    options = ["--tdb2", "--loc", str(folder / "tdb2"), "--update", "--localhost", "--port", str(port), "/kg"]
    with running(
        [java, *JVM, "-jar", jar(FUSEKI), *options], f"{base}/query?query=ASK%7B%7D", folder=folder
    ) as process:
        yield Server(
            "fuseki", version_of(FUSEKI), base, process, f"{base}/query", f"{base}/update", f"{base}/data", f"{base}/data",
            lambda path: post(f"{base}/data", path),
        )  # fmt: skip


RDF4J_REPOSITORY = """
PREFIX config: <tag:rdf4j.org,2023:config/>
[] a config:Repository ; config:rep.id "kg" ; config:rep.impl [
    config:rep.type "openrdf:SailRepository" ;
    config:sail.impl [ config:sail.type "openrdf:MemoryStore" ; config:mem.persist false ] ] .
"""


@contextmanager
def rdf4j(folder: Path) -> Iterator[Server]:
    """Run RDF4J Server with one repository in memory; its default graph is the union."""
    java = program("java", package="default-jdk-headless")
    port = free_port()
    base = f"http://127.0.0.1:{port}/rdf4j-server"
    options = ["--host", "127.0.0.1", "--port", str(port), "--path", "/rdf4j-server", str(jar(RDF4J))]
    home = f"-Dorg.eclipse.rdf4j.appdata.basedir={folder / 'data'}"
    scratch = f"-Djava.io.tmpdir={folder}"
    with running(
        [java, *JVM, home, scratch, "-jar", jar(JETTY), *options], f"{base}/protocol", folder=folder
    ) as process:
        repository = f"{base}/repositories/kg"
        send(repository, RDF4J_REPOSITORY.encode(), "text/turtle", method="PUT")
        yield Server(
            "rdf4j", version_of(RDF4J), repository, process, repository, f"{repository}/statements",
            f"{repository}/rdf-graphs/service", f"{repository}/statements",
            lambda path: post(f"{repository}/statements", path),
        )  # fmt: skip


VIRTUOSO_INI = """
[Database]
DatabaseFile = virtuoso.db
ErrorLogFile = virtuoso.log
LockFile = virtuoso.lck
TransactionFile = virtuoso.trx
xa_persistent_file = virtuoso.pxa
FileExtend = 200
[TempDatabase]
DatabaseFile = temp.db
TransactionFile = temp.trx
[Parameters]
ServerPort = 127.0.0.1:{sql}
DisableUnixSocket = 1
CheckpointInterval = 0
CaseMode = 2
DirsAllowed = {folder}
VADInstallDir = .
NumberOfBuffers = 20000
MaxDirtyBuffers = 15000
[HTTPServer]
ServerPort = 127.0.0.1:{port}
ServerRoot = .
ServerThreads = 5
[SPARQL]
ResultSetMaxRows = 10000
[Plugins]
"""
"""Everything in the folder, both ports on loopback, some 200 MB of buffers, as many rows as Debian's has, no plugins."""


@contextmanager
def virtuoso(folder: Path) -> Iterator[Server]:
    """Run Virtuoso with a database of its own; its default graph is always the union. Anyone may update it."""
    program_ = program("virtuoso-t", package="virtuoso-opensource-7")
    sql, port = free_port(), free_port()
    ini = VIRTUOSO_INI.format(sql=sql, port=port, folder=folder)
    (folder / "virtuoso.ini").write_text(ini, encoding="utf-8")
    base = f"http://127.0.0.1:{port}"
    command = [program_, "-c", "virtuoso.ini", "-f"]
    with running(command, f"{base}/sparql?query=ASK%7B%7D", folder=folder) as process:
        _isql(sql, 'grant SPARQL_UPDATE to "SPARQL"')
        yield Server(
            "virtuoso", _virtuoso_version(program_), base, process, f"{base}/sparql", f"{base}/sparql",
            f"{base}/sparql-graph-crud", "", lambda path: _virtuoso_load(sql, folder, path),
            user="dba", password="dba",  # noqa: S106 # what every new Virtuoso starts with
            login_update_url=f"{base}/sparql-auth", login_graph_store_url=f"{base}/sparql-graph-crud-auth",
        )  # fmt: skip


def _virtuoso_version(program_: str) -> str:
    done = subprocess.run([program_, "-?"], check=False, capture_output=True, text=True, timeout=60)
    text = done.stdout + done.stderr
    return text.partition("Version ")[2].split("-")[0]


def _virtuoso_load(sql: int, folder: Path, path: Path) -> None:
    copy = folder / "load.nq"
    copy.write_bytes(path.read_bytes())
    # 512: each quad into the graph that it names
    _isql(sql, f"DB.DBA.TTLP_MT(file_to_string_output('{copy}'), '', 'urn:x-none', 512, 0, 2)")
    copy.unlink()


def _isql(sql: int, statement: str) -> None:
    isql = program("isql-vt", package="virtuoso-opensource-7-bin")
    command = [isql, f"127.0.0.1:{sql}", "dba", "dba", "VERBOSE=OFF", "ERRORS=STDOUT", f"exec={statement};"]
    done = subprocess.run(command, check=False, capture_output=True, text=True, timeout=120)
    if done.returncode or "***" in done.stdout:
        raise RuntimeError(f"isql {statement}:\n{done.stdout}{done.stderr}")


STORES: dict[str, Starter] = {"oxigraph": oxigraph, "virtuoso": virtuoso, "fuseki": fuseki, "rdf4j": rdf4j}
"""The stores that take updates, by kind."""
