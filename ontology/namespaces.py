"""The namespaces of the ontology and the graph, and the prefixes they are written with."""

from __future__ import annotations

from typing import Final

TH: Final = "https://w3id.org/triplehelix/ontology#"
DEFAULT_BASE: Final = "https://w3id.org/triplehelix/id/"

RDF: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS: Final = "http://www.w3.org/2000/01/rdf-schema#"
OWL: Final = "http://www.w3.org/2002/07/owl#"
XSD: Final = "http://www.w3.org/2001/XMLSchema#"
SH: Final = "http://www.w3.org/ns/shacl#"

CPOV: Final = "http://data.europa.eu/m8g/"
DCTERMS: Final = "http://purl.org/dc/terms/"
ELI: Final = "http://data.europa.eu/eli/ontology#"
GEO: Final = "http://www.opengis.net/ont/geosparql#"
ITSRDF: Final = "http://www.w3.org/2005/11/its/rdf#"
NIF: Final = "http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#"
ORG: Final = "http://www.w3.org/ns/org#"
PROV: Final = "http://www.w3.org/ns/prov#"
SCHEMA: Final = "http://schema.org/"
SKOS: Final = "http://www.w3.org/2004/02/skos/core#"

PREFIXES: Final[dict[str, str]] = {
    "cpov": CPOV,
    "dcterms": DCTERMS,
    "eli": ELI,
    "geo": GEO,
    "itsrdf": ITSRDF,
    "nif": NIF,
    "org": ORG,
    "owl": OWL,
    "prov": PROV,
    "rdf": RDF,
    "rdfs": RDFS,
    "schema": SCHEMA,
    "sh": SH,
    "skos": SKOS,
    "th": TH,
    "xsd": XSD,
}
"""Prefix to namespace, in alphabetical order: for queries and for every Turtle that is written."""
