"""Named questions: SPARQL files with a header that says what they ask and which variables may be fixed.

A question is a `.rq` file of plain SPARQL 1.1 that any store can run. Its first lines are comments that hold
YAML:

    # title: {en: Who leads what in a region, zh: 某地区由谁牵头做什么}
    # description: {en: Leaders and mechanisms in a place or in anything inside it., zh: 某地区的牵头者与机制。}
    # parameters:
    #   region: {type: region, example: Yangtze River Delta, example_zh: 长三角, help: a place, help_zh: 一个地区}
    #   lang: {type: language, default: en, help: the language of labels, help_zh: 名称的语言}

Only the title must be in both languages; a description may be one text. A parameter is a variable of the SELECT
clause. One without `default` must be given; `default: any` leaves the variable free. Values are bound as RDF
terms, never pasted into the query.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import as_file, files
from itertools import product
from pathlib import Path

import pyoxigraph as ox
import yaml

from ..errors import OntologyError, QueryError
from ..ontology.namespaces import PREFIXES
from .binding import PARAMETER_TYPES, bind
from .queries import Result, Term, merge_results, run_query
from .sparql import check_reads_only, form, locate, syntax_error

ANY = "any"
MOST_RUNS = 64
NOTHING = ox.NamedNode("urn:triplehelix:nothing")
"""What a default stands for in a graph that does not hold it, so that the answer is empty."""
_KEYS = frozenset({"title", "description", "parameters"})
_PARAMETER_KEYS = frozenset({"type", "default", "example", "example_zh", "help", "help_zh"})


@dataclass(frozen=True, slots=True)
class Parameter:
    """A variable of a question that the user may fix."""

    name: str
    type: str
    example: str
    help: str
    default: str | None = None
    example_zh: str = ""
    help_zh: str = ""

    def about(self, language: str = "en") -> tuple[str, str]:
        """What it is and an example, in the language asked for where the question has them, else in English."""
        if language == "zh":
            return self.help_zh or self.help, self.example_zh or self.example
        return self.help, self.example

    @property
    def required(self) -> bool:
        """Whether a value must be given."""
        return self.default is None


@dataclass(frozen=True, slots=True)
class Question:
    """A named query: what it asks in both languages, its parameters and its SPARQL text."""

    name: str
    title_en: str
    title_zh: str
    description: str
    parameters: tuple[Parameter, ...]
    sparql: str
    path: Path
    description_zh: str = ""

    def about(self, language: str = "en") -> str:
        """The description in the language asked for, English otherwise."""
        return (self.description_zh if language == "zh" else "") or self.description

    def title(self, language: str = "en") -> str:
        """The title in the language asked for, English otherwise."""
        return self.title_zh if language == "zh" else self.title_en


def load_questions(extra: Sequence[Path] = ()) -> dict[str, Question]:
    """All questions by name: ours, then those of `extra` (`.rq` files or folders of them), sorted by name.

    A later file replaces an earlier question of its name. Raises OntologyError with file and line.
    """
    questions: dict[str, Question] = {}
    with as_file(files("triplehelix.ontology") / "questions") as shipped:
        for folder in (shipped, *extra):
            for path in sorted(folder.glob("*.rq")) if folder.is_dir() else (folder,):
                questions[path.stem] = read_question(path)
    return dict(sorted(questions.items()))


def read_question(path: Path) -> Question:
    """The question that a `.rq` file holds, validated; OntologyError names file and line."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise OntologyError(f"{path} cannot be read as a question: {error}.") from error
    header = _Header(path, text)
    title = header.texts("title")
    for language in ("en", "zh"):
        if not title.get(language):
            raise header.error("title", f"has no title in {language!r}; write `title: {{en: …, zh: …}}`")
    parameters = tuple(header.parameter(name) for name in header.names("parameters"))
    variables = _variables(path, text)
    for parameter in parameters:
        if parameter.name not in variables:
            raise header.error(
                parameter.name, f"has the parameter {parameter.name}, which its SELECT clause does not hold"
            )
    description = header.description()
    english, chinese = description.get("en", ""), description.get("zh", "")
    return Question(path.stem, title["en"], title["zh"], english, parameters, text, path, chinese)


def find_question(questions: Mapping[str, Question], name: str) -> Question:
    """The question of that name; QueryError lists what there is."""
    if name not in questions:
        raise QueryError(f"There is no question called {name!r}; the questions are {', '.join(questions)}.")
    return questions[name]


def ask(
    store: ox.Store, question: Question, values: Mapping[str, str] | None = None, *, language: str = "en"
) -> Result:
    """The answer to a question, its parameters fixed to `values` (texts as a user types them).

    A value that names several entities asks for each of them in turn. A parameter's own column is left out
    of the result unless the question labels it (`actor` with `actorLabel`).
    """
    given = dict(values or {})
    known = {parameter.name: parameter for parameter in question.parameters}
    for name in given:
        if name not in known:
            allowed = ", ".join(known) or "none"
            raise QueryError(
                f"The question {question.name} has no parameter {name!r}; its parameters are {allowed}."
            )
    if "lang" in known:
        given.setdefault("lang", language)
    options = [
        [(parameter.name, term) for term in _terms(store, question, parameter, given.get(parameter.name))]
        for parameter in question.parameters
        if given.get(parameter.name, parameter.default) != ANY
    ]
    runs = list(product(*options))
    if len(runs) > MOST_RUNS:
        raise QueryError(f"The values given fit {len(runs)} combinations of entities; use fuller names.")
    results = [run_query(store, question.sparql, bindings=dict(run)) for run in runs]
    columns = results[0].variables
    unlabelled = [name for name in known if f"{name}Label" not in columns]
    return merge_results(results, leave_out=unlabelled)


def _terms(store: ox.Store, question: Question, parameter: Parameter, value: str | None) -> tuple[Term, ...]:
    """What a parameter stands for: the value given, or the default, which the graph need not hold."""
    if value is not None:
        return bind(store, parameter.type, value)
    if parameter.default is None:
        raise QueryError(
            f"The question {question.name} needs {parameter.name} ({parameter.help}), "
            f"for example {parameter.name}={parameter.example!r}."
        )
    try:
        return bind(store, parameter.type, parameter.default)
    except QueryError:
        return (NOTHING,)


def _variables(path: Path, text: str) -> frozenset[str]:
    """The variables of a question's SELECT clause; its syntax is checked on the way."""
    try:
        check_reads_only(text)
        if form(text) != "SELECT":
            raise QueryError("A named question is a SELECT query.")
        solutions = ox.Store().query(text, prefixes=dict(PREFIXES))
    except SyntaxError as error:
        line = locate(text, str(error))[0] or 1
        raise OntologyError(f"{path}, line {line}: {syntax_error(text, str(error), PREFIXES)}") from error
    except QueryError as error:
        raise OntologyError(f"{path}, line 1: {error}") from error
    assert isinstance(solutions, ox.QuerySolutions)
    return frozenset(variable.value for variable in solutions.variables)


class _Header:
    """The YAML in a question's leading comment lines, with the line of every key."""

    def __init__(self, path: Path, text: str) -> None:
        self._path = path
        self._lines: dict[str, int] = {}
        lines = []
        for line in text.splitlines():
            if not line.startswith("#"):
                break
            lines.append(line[1:].removeprefix(" "))
        try:
            node = yaml.compose("\n".join(lines), Loader=yaml.SafeLoader)
        except yaml.MarkedYAMLError as error:
            at = error.problem_mark.line + 1 if error.problem_mark else 1
            raise OntologyError(
                f"{path}, line {at}: the header is not YAML ({error.problem}); quote texts that hold a colon."
            ) from error
        if not isinstance(node, yaml.MappingNode):
            raise OntologyError(f"{path}, line 1: the header is missing; begin with `# title: …`.")
        self._root = self._mapping(node, _KEYS)

    def error(self, key: str, problem: str) -> OntologyError:
        return OntologyError(f"{self._path}, line {self._lines.get(key, 1)}: the question {problem}.")

    def _mapping(self, node: yaml.Node, allowed: frozenset[str] | None) -> dict[str, yaml.Node]:
        line = node.start_mark.line + 1
        if not isinstance(node, yaml.MappingNode):
            raise OntologyError(f"{self._path}, line {line}: the header needs `key: value` pairs here.")
        pairs: dict[str, yaml.Node] = {}
        for key, value in node.value:
            name = str(key.value)
            self._lines.setdefault(name, key.start_mark.line + 1)
            if allowed is not None and name not in allowed:
                raise OntologyError(
                    f"{self._path}, line {key.start_mark.line + 1}: the header does not know {name!r}; "
                    f"it takes {', '.join(sorted(allowed))}."
                )
            pairs[name] = value
        return pairs

    def description(self) -> dict[str, str]:
        """The description by language; a plain text is English."""
        node = self._root.get("description")
        if isinstance(node, yaml.MappingNode):
            found = self.texts("description")
        else:
            found = {"en": str(node.value)} if isinstance(node, yaml.ScalarNode) else {}
        if not found.get("en", "").strip():
            raise self.error("description", "has no description; add one line of text")
        return {language: " ".join(text.split()) for language, text in found.items()}

    def texts(self, key: str) -> dict[str, str]:
        node = self._root.get(key)
        if node is None:
            return {}
        return {name: str(value.value) for name, value in self._mapping(node, None).items()}

    def names(self, key: str) -> tuple[str, ...]:
        node = self._root.get(key)
        return () if node is None else tuple(self._mapping(node, None))

    def parameter(self, name: str) -> Parameter:
        found = self._mapping(self._root["parameters"], None)[name]
        values = {k: str(v.value) for k, v in self._mapping(found, _PARAMETER_KEYS).items()}
        if not name.isidentifier() or not name.isascii():
            raise self.error(name, f"has the parameter {name!r}, which is no SPARQL variable")
        if values.get("type") not in PARAMETER_TYPES:
            raise self.error(
                name, f"gives {name} no known type; the types are {', '.join(sorted(PARAMETER_TYPES))}"
            )
        for key in ("help", "example"):
            if not values.get(key) and (key == "help" or "default" not in values):
                raise self.error(name, f"gives {name} no {key}; add it")
        example = values.get("example") or values["default"]
        return Parameter(
            name,
            values["type"],
            example,
            values["help"],
            values.get("default"),
            values.get("example_zh", ""),
            values.get("help_zh", ""),
        )
