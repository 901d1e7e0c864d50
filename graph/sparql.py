"""What is known of a query's text before it runs: tokens, form, refusals, and a total order of its rows.

The store parses queries itself; this module reads only as much as is needed to refuse what would change the
graph or reach the network, and to make the order of rows independent of hashing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from ..errors import QueryError

READING = frozenset({"SELECT", "ASK", "CONSTRUCT", "DESCRIBE"})
CHANGING = frozenset(
    {"INSERT", "DELETE", "LOAD", "CLEAR", "CREATE", "DROP", "COPY", "MOVE", "ADD", "WITH", "USING"}
)

_TOKEN = re.compile(
    r'''
      (?P<comment>\#[^\n\r]*)
    | (?P<string>"""(?:[^"\\]|\\.|"(?!""))*"""
        | \'\'\'(?:[^'\\]|\\.|'(?!''))*\'\'\'
        | "(?:[^"\\\n\r]|\\.)*"
        | '(?:[^'\\\n\r]|\\.)*')
    | (?P<iri><[^<>"{}|^`\\\x00-\x20]*>)
    | (?P<variable>[?$]\w+)
    | (?P<language>@[A-Za-z]+(?:-[A-Za-z0-9]+)*)
    | (?P<name>(?:[^\W\d](?:[\w.\-]*[\w\-])?)?:[\w.:%\-]*)
    | (?P<number>\d+(?:\.\d+)?(?:[eE][+\-]?\d+)?)
    | (?P<word>[^\W\d]\w*)
    | (?P<mark>\S)
    ''',
    re.VERBOSE | re.DOTALL,
)
_ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
_POSITION = re.compile(r"^error at (\d+):(\d+): (?:expected )?(.*)$", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Token:
    """A token of a query: its kind, its text, and where it begins (code points)."""

    kind: str
    text: str
    begin: int

    def is_word(self, *words: str) -> bool:
        """Whether this is one of the given keywords (upper case), in whatever case it is written."""
        return self.kind == "word" and self.text.upper() in words


def tokens(query: str) -> Iterator[Token]:
    """The tokens of a query in order, without comments.

    >>> [t.text for t in tokens('SELECT ?s { ?s a th:Field } # all')]
    ['SELECT', '?s', '{', '?s', 'a', 'th:Field', '}']
    """
    for match in _TOKEN.finditer(query):
        kind = match.lastgroup or "mark"
        if kind != "comment":
            yield Token(kind, match.group(), match.start())


def form(query: str) -> str | None:
    """The query's form (`SELECT`, `ASK`, `CONSTRUCT`, `DESCRIBE`), or its first keyword, or none."""
    words = (token.text.upper() for token in tokens(query) if token.kind == "word")
    return next((word for word in words if word not in ("BASE", "PREFIX", "VERSION")), None)


def check_reads_only(query: str) -> None:
    """Refuse, with a QueryError, a query that would change the graph or reach the network."""
    verb = form(query)
    if verb is None:
        raise QueryError("The query is empty; write a SELECT, ASK, CONSTRUCT or DESCRIBE query.")
    if verb not in READING | CHANGING:
        raise QueryError(f"The query begins with {verb!r}; begin with SELECT, ASK, CONSTRUCT or DESCRIBE.")
    if verb in CHANGING:
        raise QueryError(f"{verb} would change the graph; only SELECT, ASK, CONSTRUCT and DESCRIBE are run.")
    plain = _unescape(query)
    if "service" in plain.lower() and any(_calls_service(text) for text in (query, plain)):
        raise QueryError("SERVICE would ask another server; TripleHelix queries only the graph at hand.")


def _unescape(query: str) -> str:
    return _ESCAPE.sub(lambda m: chr(min(int(m[1] or m[2], 16), 0x10FFFF)), query)


def _calls_service(query: str) -> bool:
    """Whether SERVICE may be called; errs on the side of yes.

    The store's parser needs no space after a keyword, and it may read `<` as "less than" where an IRI is
    read here; hence the search inside words, glued names and odd IRIs.
    """
    found = list(tokens(query))
    for token, following in zip(found, [*found[1:], None], strict=True):
        if token.kind == "iri" and re.search(r"['()&]", token.text):
            return True
        if token.kind == "word" and "service" in token.text.lower():
            return True
        opens_group = following is not None and following.text == "{"
        if token.kind == "name" and "service" in token.text.lower() and opens_group:
            return True
    return False


def with_total_order(query: str, variables: Sequence[str]) -> str:
    """The SELECT query with its variables added as the last sort keys, so that ties cannot fall either way.

    A LIMIT then takes the same rows each time. Only the outermost ORDER BY is extended or added.
    """
    if not variables:
        return query
    depth, ordered, cut = 0, False, len(query)
    for token in tokens(query):
        if token.text in ("{", "("):
            depth += 1
        elif token.text in ("}", ")"):
            depth -= 1
        elif depth == 0 and token.is_word("ORDER"):
            ordered = True
        elif depth == 0 and token.is_word("LIMIT", "OFFSET", "VALUES"):
            cut = token.begin
            break
    keys = " ".join(f"?{name} STR(?{name}) LANG(?{name})" for name in variables)
    clause = keys if ordered else f"ORDER BY {keys}"
    return f"{query[:cut]}\n{clause}\n{query[cut:]}"


def syntax_error(query: str, message: str, prefixes: Iterable[str] = ()) -> QueryError:
    """The store's complaint about a query as one sentence: where, what stands there, what is wrong.

    `prefixes` are those declared beside the query's own.
    """
    undeclared = _undeclared_prefix(query, frozenset(prefixes))
    if undeclared is not None:
        line, column = _line_and_column(query, undeclared.begin)
        name = undeclared.text.split(":")[0]
        return QueryError(
            f"The prefix {name}: at line {line}, column {column} is not declared; add a PREFIX line for it."
        )
    line, column, expected = locate(query, message)
    if line == 0:
        return QueryError(f"The query is wrong: {' '.join(message.split())}.")
    lines = query.splitlines()
    rest = lines[line - 1][column - 1 :].strip() if line <= len(lines) else ""
    where = f"line {line}, column {column}"
    said = next((e for e in expected if re.fullmatch(r"[A-Z]\w* [\w ]*[a-z]{3,}[\w ]*", e)), None)
    if said is not None:
        return QueryError(f"The query is wrong at {where} ({said}).")
    near = f" before {rest[:30]!r}" if rest else " at the end of the line"
    marks = [e.strip('"') for e in expected if re.fullmatch(r'"\W"', e)]
    hint = f"expected {' or '.join(marks)}" if 0 < len(marks) <= 6 else "check its words, brackets and dots"
    return QueryError(f"The query has a syntax error at {where}{near}; {hint}.")


def _undeclared_prefix(query: str, prefixes: frozenset[str]) -> Token | None:
    """The first prefixed name whose prefix nothing declares."""
    declared = set(prefixes)
    previous: Token | None = None
    for token in tokens(query):
        if token.kind == "name":
            prefix = token.text.split(":")[0]
            if previous is not None and previous.is_word("PREFIX"):
                declared.add(prefix)
            elif prefix != "_" and prefix not in declared:
                return token
        previous = token
    return None


def _line_and_column(query: str, offset: int) -> tuple[int, int]:
    before = query[:offset]
    return before.count("\n") + 1, offset - before.rfind("\n")


def locate(query: str, message: str) -> tuple[int, int, tuple[str, ...]]:
    """Line and column (from 1) of the store's complaint, and what it expected there; (0, 0, ()) if unknown.

    The parser reports the furthest place it looked at, which for a keyword is the keyword's length past the
    place where it should stand; that length is taken off again.
    """
    match = _POSITION.match(message)
    if match is None:
        return 0, 0, ()
    line, column = int(match[1]), int(match[2])
    listed = re.sub(r"\[.*?\]", "", match[3].removeprefix("one of "), flags=re.DOTALL)
    expected = tuple(e.strip() for e in re.findall(r'"[^"]*"|[^,"]+', listed) if e.strip())
    keywords = [e for e in expected if re.fullmatch(r"[A-Za-z0-9]{2,}", e)]
    if keywords and len(keywords) == len(expected):
        start = sum(map(len, query.splitlines(keepends=True)[: line - 1])) + column - 1
        line, column = _line_and_column(query, max(0, start - min(map(len, keywords))))
    return line, column, expected
