"""The same slices and questions, written as well as we can for each graph shape.

All ask the union of the graphs, and all say DISTINCT: an interval that two
sources use stands in both graphs, and Oxigraph's union keeps both copies.
"""

from __future__ import annotations

from string import Template

PREFIXES = """PREFIX k: <https://w3id.org/conflict-kg/ontology#>
PREFIX s: <https://w3id.org/conflict-kg/statement#>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
"""
INSTANT = '"2016-04-02T12:00:00Z"^^xsd:dateTime'
CERTAIN = f"""?time k:beginLatest ?from ; k:endEarliest ?to .
  FILTER(?from <= {INSTANT} && {INSTANT} < ?to)"""
POSSIBLE = f"""?time k:beginEarliest ?from ; k:endLatest ?to .
  FILTER(?from <= {INSTANT} && {INSTANT} < ?to)"""

# The stance is a filter on a variable: written as a constant in the pattern, it is
# where Oxigraph's planner starts, at nine claims of ten.
SLICE = {
    "a": Template("""SELECT DISTINCT ?subject ?predicate ?value WHERE {
  $during
  ?st k:held ?time ; k:subject ?subject ; ?twin ?value . ?twin k:projectsTo ?predicate .
  ?claim k:content ?st ; k:stance ?stance . FILTER(?stance = k:asserts)
}"""),
    "b": Template("""SELECT DISTINCT ?subject ?predicate ?value WHERE {
  $during
  ?time rdf:subject ?subject ; rdf:predicate ?predicate ; rdf:object ?value .
  ?claim k:content ?time ; k:stance ?stance . FILTER(?stance = k:asserts)
}"""),
    "c": Template("""SELECT DISTINCT ?subject ?predicate ?value WHERE {
  $during
  ?st k:held ?time ; rdf:reifies <<( ?subject ?predicate ?value )>> .
  ?claim k:content ?st ; k:stance ?stance . FILTER(?stance = k:asserts)
}"""),
}

WHO_SAID_WHAT = {
    "a": """SELECT DISTINCT ?claim ?speaker ?stance ?predicate ?value ?from WHERE {
  ?st k:subject $event ; ?twin ?value . ?twin k:projectsTo ?predicate .
  ?claim k:content ?st ; k:speaker ?speaker ; k:stance ?stance ; k:said/k:beginEarliest ?from .
} ORDER BY ?from ?claim ?predicate""",
    "b": """SELECT DISTINCT ?claim ?speaker ?stance ?predicate ?value ?from WHERE {
  ?st rdf:subject $event ; rdf:predicate ?predicate ; rdf:object ?value .
  ?claim k:content ?st ; k:speaker ?speaker ; k:stance ?stance ; k:said/k:beginEarliest ?from .
} ORDER BY ?from ?claim ?predicate""",
    "c": """SELECT DISTINCT ?claim ?speaker ?stance ?predicate ?value ?from WHERE {
  ?st rdf:reifies <<( $event ?predicate ?value )>> .
  ?claim k:content ?st ; k:speaker ?speaker ; k:stance ?stance ; k:said/k:beginEarliest ?from .
} ORDER BY ?from ?claim ?predicate""",
}

UNDER_FIRE = {
    "a": """SELECT DISTINCT ?event ?place ?means WHERE {
  $during
  ?st k:held ?time ; k:subject ?event ; s:eventType k:EventType3 ; s:location ?place ; s:means ?means .
}""",
    "b": """SELECT DISTINCT ?event ?place ?means WHERE {
  $during
  ?time rdf:predicate ?what ; rdf:object k:EventType3 ; rdf:subject ?event .
  ?claim k:content ?time , ?where , ?how .
  ?where rdf:predicate ?location ; rdf:object ?place .
  ?how rdf:predicate ?with ; rdf:object ?means .
  FILTER(?what = k:eventType && ?location = k:location && ?with = k:means)
}""",
    "c": """SELECT DISTINCT ?event ?place ?means WHERE {
  $during
  ?st k:held ?time ; rdf:reifies <<( ?event k:eventType k:EventType3 )>> ,
      <<( ?event k:location ?place )>> , <<( ?event k:means ?means )>> .
}""",
}

# Two sub-SELECTs are joined by hash; the flat pattern is slower in every shape, and very much so in (c).
TWO_VALUES = Template("""SELECT DISTINCT ?event ?one ?first ?other ?second WHERE {
  { SELECT * WHERE { $left ?c1 k:content ?st1 ; k:stance k:asserts ; k:speaker ?one . } }
  { SELECT * WHERE { $right ?c2 k:content ?st2 ; k:stance k:asserts ; k:speaker ?other . } }
  FILTER(?first != ?second) FILTER(STR(?one) < STR(?other))
}""")
KILLED = {
    "a": "$st k:subject ?event ; s:killedBest $value .",
    "b": "$st rdf:predicate k:killedBest ; rdf:subject ?event ; rdf:object $value .",
    "c": "$st rdf:reifies <<( ?event k:killedBest $value )>> .",
}

QUESTIONS = {
    "snapshot, certain": "slice at one instant to plain triples, certainly held",
    "snapshot, possible": "the same, possibly held",
    "who said what": "who said what about one event, in the order of saying",
    "under fire": "what was under fire where and by what means at one instant, possibly",
    "two values": "same subject and predicate, two speakers, different values",
}
EVENT = "<https://w3id.org/conflict-kg/event/event-7>"


def query_for(question: str, shape: str) -> str:
    """Return the SPARQL text of a question for a shape (``a``, ``b`` or ``c``)."""
    killed = Template(KILLED[shape])
    text = {
        "snapshot, certain": SLICE[shape].substitute(during=CERTAIN),
        "snapshot, possible": SLICE[shape].substitute(during=POSSIBLE),
        "who said what": Template(WHO_SAID_WHAT[shape]).substitute(event=EVENT),
        "under fire": Template(UNDER_FIRE[shape]).substitute(during=POSSIBLE),
        "two values": TWO_VALUES.substitute(
            left=killed.substitute(st="?st1", value="?first"), right=killed.substitute(st="?st2", value="?second")
        ),
    }
    return PREFIXES + text[question]
