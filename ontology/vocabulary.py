"""The schema that the extractor and the graph read: classes, predicates, mechanism groups.

`load_schema` reads it from the Turtle files beside this module and from a user's own.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from ..errors import OntologyError
from .headwords import HeadWordClashError, HeadWords, WordsByLanguage
from .namespaces import OWL, RDF, RDFS, SKOS, TH
from .terms import Terms, local_name, read_turtle, shipped_turtle, short

LANGUAGES = ("en", "zh")
ACTOR = "Actor"

_TYPE = RDF + "type"


@dataclass(frozen=True, slots=True)
class ClassInfo:
    """A class of entities; `core` is the one of the twelve core classes it falls under."""

    name: str
    core: str
    parents: tuple[str, ...]
    label_en: str
    label_zh: str
    iri: str = ""
    head_words: WordsByLanguage = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True)
class PredicateInfo:
    """A predicate between entities.

    `domain` and `range` hold core classes, with actor spelt out as its seven; `core` is the core predicate
    that it is a sub-property of (itself for a core one); `same_type` when both ends have the same core class;
    `refining_verbs` are the lemmas by which a statement of `core` is one of this finer predicate.
    """

    name: str
    core: str
    domain: frozenset[str]
    range: frozenset[str]
    symmetric: bool
    label_en: str
    label_zh: str
    iri: str = ""
    same_type: bool = False
    refining_verbs: WordsByLanguage = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True)
class MechanismGroup:
    """A group of the mechanism scheme, known by its notation."""

    key: str
    label_en: str
    label_zh: str
    iri: str = ""
    head_words: WordsByLanguage = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True)
class Schema:
    """Classes and predicates by local name, mechanism groups by key."""

    classes: Mapping[str, ClassInfo]
    predicates: Mapping[str, PredicateInfo]
    mechanism_groups: Mapping[str, MechanismGroup]
    class_heads: Mapping[str, HeadWords] = field(repr=False)
    group_heads: HeadWords = field(repr=False)

    @property
    def core_classes(self) -> tuple[str, ...]:
        """The names of the core classes, sorted."""
        return tuple(sorted(name for name, info in self.classes.items() if info.core == name))

    @property
    def core_predicates(self) -> tuple[str, ...]:
        """The names of the core predicates, sorted."""
        return tuple(sorted(name for name, info in self.predicates.items() if info.core == name))

    def core_of(self, cls: str) -> str:
        """The core class that `cls` falls under."""
        if cls not in self.classes:
            raise OntologyError(f"No class is called {cls!r}; define it in a Turtle file of your layer.")
        return self.classes[cls].core

    def allows(self, predicate: str, subject_type: str, object_type: str) -> bool:
        """Whether `predicate` may join entities of these core types."""
        info = self.predicates.get(predicate)
        if info is None or subject_type not in info.domain or object_type not in info.range:
            return False
        return subject_type == object_type or not info.same_type

    def classify(self, core: str, name: str, language: str) -> str:
        """The class within `core` that the head of `name` stands for; `core` itself when none does."""
        heads = self.class_heads.get(core)
        return (heads and heads.of_head(name, language)) or core

    def mechanism_group_of(self, name: str, language: str) -> str | None:
        """The key of the mechanism group that the words of a name or description lead to."""
        return self.group_heads.of_any(name, language)

    def refine(self, predicate: str, verb: str, language: str, subject_type: str, object_type: str) -> str:
        """The finer predicate under `predicate` that the lemma `verb` expresses between these core types."""
        for name, info in sorted(self.predicates.items()):
            finer = info.core == predicate != name and verb in info.refining_verbs.get(language, ())
            if finer and self.allows(name, subject_type, object_type):
                return name
        return predicate


def load_schema(extra: Sequence[Path] = ()) -> Schema:
    """The shipped schema with the classes, predicates, groups and words of `extra` Turtle files added.

    Raises `OntologyError` that names file and line.
    """
    return read_schema(Terms([*shipped_turtle("core.ttl", "mechanisms.ttl"), *map(read_turtle, extra)]))


def read_schema(terms: Terms) -> Schema:
    """The schema that `terms` define, checked for what the extractor and the graph rely on."""
    classes = _read_classes(terms)
    predicates = _read_predicates(terms, classes)
    groups = _read_groups(terms)
    by_core: dict[str, dict[str, WordsByLanguage]] = {}
    for info in classes.values():
        by_core.setdefault(info.core, {})[info.name] = info.head_words
    return Schema(
        classes=classes,
        predicates=predicates,
        mechanism_groups=groups,
        class_heads={
            core: _compile_heads(words, {name: classes[name].iri for name in words}, terms)
            for core, words in sorted(by_core.items())
        },
        group_heads=_compile_heads(
            {key: group.head_words for key, group in groups.items()},
            {key: group.iri for key, group in groups.items()},
            terms,
        ),
    )


def _read_classes(terms: Terms) -> dict[str, ClassInfo]:
    found: dict[str, ClassInfo] = {}
    for iri in terms.instances(OWL + "Class"):
        cores = _core_above(terms, iri, RDFS + "subClassOf", TH + "CoreClass")
        if not _has_one_core(terms, iri, cores, "class", TH + ACTOR):
            continue
        name = _unique_name(terms, iri, found)
        label_en, label_zh = _labels(terms, iri, RDFS + "label")
        parents = terms.resources(iri, RDFS + "subClassOf")
        found[name] = ClassInfo(
            name=name,
            core=local_name(cores[0]),
            parents=tuple(sorted(local_name(parent) for parent in parents if not parent.startswith("_:"))),
            label_en=label_en,
            label_zh=label_zh,
            iri=iri,
            head_words=_words(terms, iri, "headWord"),
        )
    return found


def _read_predicates(terms: Terms, classes: Mapping[str, ClassInfo]) -> dict[str, PredicateInfo]:
    found: dict[str, PredicateInfo] = {}
    for iri in terms.instances(OWL + "ObjectProperty"):
        cores = _core_above(terms, iri, RDFS + "subPropertyOf", TH + "CorePredicate")
        if not _has_one_core(terms, iri, cores, "predicate"):
            continue
        name, core = _unique_name(terms, iri, found), cores[0]
        label_en, label_zh = _labels(terms, iri, RDFS + "label")
        found[name] = PredicateInfo(
            name=name,
            core=local_name(core),
            domain=_side(terms, iri, core, "domain", classes),
            range=_side(terms, iri, core, "range", classes),
            symmetric=terms.has(iri, _TYPE, OWL + "SymmetricProperty"),
            label_en=label_en,
            label_zh=label_zh,
            iri=iri,
            same_type=terms.has(core, TH + "joinsEqualTypes", "true"),
            refining_verbs=_words(terms, iri, "refiningVerb"),
        )
    return found


def _read_groups(terms: Terms) -> dict[str, MechanismGroup]:
    found: dict[str, MechanismGroup] = {}
    for iri in terms.instances(SKOS + "Concept"):
        if not terms.has(iri, SKOS + "inScheme", TH + "MechanismScheme"):
            continue
        notations = terms.texts(iri, SKOS + "notation")
        if len(notations) != 1 or notations[0] in found:
            raise _error(terms, iri, "needs one skos:notation of its own, the key of the group.")
        label_en, label_zh = _labels(terms, iri, SKOS + "prefLabel")
        words = _words(terms, iri, "headWord")
        found[notations[0]] = MechanismGroup(notations[0], label_en, label_zh, iri, words)
    return dict(sorted(found.items()))


def _core_above(terms: Terms, iri: str, step: str, kind: str) -> tuple[str, ...]:
    seen, queue, cores = {iri}, [iri], set()
    while queue:
        current = queue.pop()
        if terms.has(current, _TYPE, kind):
            cores.add(current)
        for parent in terms.resources(current, step):
            if parent not in seen:
                seen.add(parent)
                queue.append(parent)
    return tuple(sorted(cores))


def _has_one_core(terms: Terms, iri: str, cores: tuple[str, ...], kind: str, *exempt: str) -> bool:
    # The citation layer of the shipped files (documents, status, …) is no vocabulary for entities.
    if not cores and (terms.is_shipped(iri) or iri in exempt):
        return False
    if len(cores) != 1:
        names = " and ".join(short(core) for core in cores) or "none"
        raise _error(terms, iri, f"must fall under exactly one core {kind}, it falls under {names}.")
    return True


def _side(terms: Terms, iri: str, core: str, side: str, classes: Mapping[str, ClassInfo]) -> frozenset[str]:
    declared = terms.resources(iri, RDFS + side)
    own = _core_classes(terms, iri, declared, classes)
    if iri == core:
        if not own:
            raise _error(terms, iri, f"needs an rdfs:{side} of core classes or th:Actor.")
        return own
    whole = _core_classes(terms, core, terms.resources(core, RDFS + side), classes)
    if own - whole:
        names = ", ".join(sorted(own - whole))
        raise _error(terms, iri, f"has an rdfs:{side} that {short(core)} does not allow: {names}.")
    return own or whole


def _core_classes(
    terms: Terms, iri: str, declared: Iterable[str], classes: Mapping[str, ClassInfo]
) -> frozenset[str]:
    names: set[str] = set()
    for cls in declared:
        if cls.startswith("_:"):
            for head in terms.resources(cls, OWL + "unionOf"):
                names |= _core_classes(terms, iri, terms.members(head), classes)
        elif cls == TH + ACTOR:
            names |= {info.name for info in classes.values() if ACTOR in info.parents}
        elif local_name(cls) in classes and classes[local_name(cls)].iri == cls:
            names.add(classes[local_name(cls)].core)
        else:
            raise _error(terms, iri, f"refers to {short(cls)}, no class of entities; define it first.")
    return frozenset(names)


def _labels(terms: Terms, iri: str, predicate: str) -> tuple[str, str]:
    labels = {language: terms.texts(iri, predicate, language) for language in LANGUAGES}
    known = [texts[0] for texts in labels.values() if texts]
    if not known or any(len(texts) > 1 for texts in labels.values()):
        raise _error(terms, iri, "needs one label in English, Chinese or both, each with its language tag.")
    # A user may label in one language; the other then shows the same words.
    return (labels["en"] or (known[0],))[0], (labels["zh"] or (known[0],))[0]


def _words(terms: Terms, iri: str, term: str) -> WordsByLanguage:
    if terms.texts(iri, TH + term):
        raise _error(terms, iri, f"has a th:{term} without a language; add @en or @zh to it.", TH + term)
    found = {language: terms.texts(iri, TH + term, language) for language in LANGUAGES}
    return {language: tuple(sorted(words)) for language, words in found.items() if words}


def _unique_name(terms: Terms, iri: str, found: Mapping[str, ClassInfo | PredicateInfo]) -> str:
    name = local_name(iri)
    if name in found:
        raise _error(terms, iri, f"has the local name of {short(found[name].iri)}; choose another.")
    return name


def _compile_heads(words: Mapping[str, WordsByLanguage], iris: Mapping[str, str], terms: Terms) -> HeadWords:
    try:
        return HeadWords.compile(words)
    except HeadWordClashError as clash:
        owners = [iris[owner] for owner in clash.owners]
        # The blame goes to what a user wrote, else to the second.
        owners.sort(key=lambda iri: terms.where(iri, TH + "headWord") == terms.where(iri))
        reason = (
            f"claims the head word {clash.word!r}@{clash.language} of {short(owners[1])}; keep one of them."
        )
        raise _error(terms, owners[0], reason, TH + "headWord") from None


def _error(terms: Terms, iri: str, reason: str, predicate: str | None = None) -> OntologyError:
    return OntologyError(f"{terms.where(iri, predicate)}: {short(iri)} {reason}")
