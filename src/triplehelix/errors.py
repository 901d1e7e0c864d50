"""What can go wrong, as a tree.

    TripleHelixError            anything a user can cause and mend
    ├── OntologyError           a file of the ontology or of a user's layer is wrong (names file and line)
    ├── DocumentError           one document cannot be read; the others go on
    │   ├── EmptyDocument       nothing to read in it
    │   ├── UnsupportedDocument no reader for its format, or it is binary
    │   └── UnreadableDocument  permission, encryption, damage, size
    ├── SourceError             a source named by the user does not exist or holds no document
    ├── GraphError              a graph cannot be read, or does not hold what was asked for
    └── QueryError              a SPARQL query or a named question is wrong

Each message is one sentence that says what is wrong, where, and what to do.
"""


class TripleHelixError(Exception):
    """The root of every error that a user can cause and mend."""


class OntologyError(TripleHelixError):
    """A file of the ontology, the authority file or a user's own layer is wrong."""


class DocumentError(TripleHelixError):
    """One document cannot be read."""


class EmptyDocument(DocumentError):
    """The document holds no text."""


class UnsupportedDocument(DocumentError):
    """The document is binary or of a format without a reader."""


class UnreadableDocument(DocumentError):
    """The document is protected, damaged, too large or not permitted."""


class SourceError(TripleHelixError):
    """A source that the user named does not exist or holds no document."""


class GraphError(TripleHelixError):
    """A graph cannot be read or does not hold what was asked for."""


class QueryError(TripleHelixError):
    """A SPARQL query or a named question is wrong."""
