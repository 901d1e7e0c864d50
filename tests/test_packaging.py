"""What ships: packages, data, versions, the public face."""

from __future__ import annotations

import configparser
import importlib
import re
from importlib.metadata import entry_points
from importlib.resources import files
from pathlib import Path

import pytest

import triplehelix

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def setup_cfg() -> configparser.ConfigParser:
    parser = configparser.ConfigParser()
    parser.read(ROOT / "setup.cfg", encoding="utf-8")
    return parser


def test_every_package_folder_is_listed(setup_cfg: configparser.ConfigParser) -> None:
    listed = dict(
        line.split(" = ") for line in setup_cfg["options"]["package_dir"].strip().splitlines() if line.strip()
    )
    folders = {
        str(path.parent.relative_to(ROOT))
        for top in ("extract", "graph", "ontology", "src")
        for path in (ROOT / top).rglob("__init__.py")
    }
    assert set(listed.values()) == folders
    assert setup_cfg["options"]["packages"].split() == list(listed)


@pytest.mark.parametrize(
    ("package", "data"),
    [
        ("triplehelix", "py.typed"),
        ("triplehelix.extract", "data/status.en.yaml"),
        ("triplehelix.extract", "data/en-names.crfsuite.xz"),
        ("triplehelix.extract", "data/zh-names.crfsuite.xz"),
        ("triplehelix.extract", "data/zh-encoder.onnx.xz"),
        ("triplehelix.extract", "data/status.zh.yaml"),
        ("triplehelix.ontology", "traditional.tsv"),
        ("triplehelix.ontology", "schema/triggers.ttl"),
        ("triplehelix.extract", "data/en-encoder.onnx.xz"),
        ("triplehelix.graph", "templates/report.html"),
        ("triplehelix.graph", "templates/evaluation.html"),
        ("triplehelix.graph.explorer", "assets/explorer.html"),
        ("triplehelix.ontology", "schema/core.ttl"),
        ("triplehelix.ontology", "authority/regions.tsv"),
        ("triplehelix.ontology", "questions/leaders-in-region.rq"),
    ],
)
def test_data_is_installed(package: str, data: str) -> None:
    assert (files(package) / data).is_file()


def test_trained_weights_stay_small() -> None:
    size = sum(path.stat().st_size for path in (ROOT / "extract" / "data").iterdir())
    assert size < 25_000_000


def test_changelog_and_version_agree() -> None:
    newest = re.search(r"^## \[(.+?)\]", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert newest is not None
    assert newest[1] == triplehelix.__version__


@pytest.mark.parametrize(
    "name", ["triplehelix", "triplehelix.extract", "triplehelix.graph", "triplehelix.ontology"]
)
def test_the_public_face_is_there(name: str) -> None:
    module = importlib.import_module(name)
    assert len(set(module.__all__)) == len(module.__all__)
    for item in module.__all__:
        assert hasattr(module, item)


def test_spacy_finds_the_components() -> None:
    names = {point.name for point in entry_points(group="spacy_factories")}
    assert {"policy_names", "policy_entities", "policy_coreference", "policy_relations"} <= names


def test_the_readme_names_what_is_there() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    for target in re.findall(r"\]\(((?!http)[^)#]+)\)", text):
        assert (ROOT / target).exists(), target
    for folder in re.findall(r"^\| `([a-z./]+)/` \|", text, re.MULTILINE):
        assert (ROOT / folder).is_dir(), folder
