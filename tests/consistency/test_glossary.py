"""One word for one notion: the glossary is sound, and the core's public names are made of it."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import re
from collections import Counter
from functools import cache

import yaml

import gouvernail_core
from consistency.tree import ROOT

FIELDS = {"code", "fr", "en", "definition_fr", "not", "translate"}


def glossary():
    return yaml.safe_load((ROOT / "docs" / "glossary.yaml").read_text(encoding="utf-8"))


def words_of(name):
    """Return the words of a class name.

    >>> words_of("RefusedError")
    ('refused', 'error')
    """
    return tuple(w.lower() for w in re.findall(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+", name))


def is_made_of(words, vocabulary):
    """Return whether the words are entries of the vocabulary (of one word or more) in a row."""
    if not words:
        return True
    return any(
        words[: len(entry)] == entry and is_made_of(words[len(entry) :], vocabulary)
        for entry in vocabulary
    )


@cache
def public_classes():
    """Return the classes that each step of the core offers, with the step."""
    found = {}
    for module in pkgutil.iter_modules(gouvernail_core.__path__):
        step = importlib.import_module(f"gouvernail_core.{module.name}")
        for name in getattr(step, "__all__", ()):
            if inspect.isclass(getattr(step, name)):
                found[name] = module.name
    return found


def test_entries_are_complete_and_spelt_as_code():
    for term in glossary()["terms"]:
        assert set(term) <= FIELDS, term
        assert {"code", "fr", "en", "definition_fr"} <= set(term), term
        assert re.fullmatch(r"[a-z][a-z0-9_]*", term["code"]), term["code"]
        assert term["definition_fr"].endswith("."), term["code"]
        assert "'" not in term["fr"] + term["definition_fr"], f"{term['code']}: apostrophe ’"


def test_a_notion_has_one_code_and_one_french_word():
    terms = glossary()["terms"]
    assert len(terms) >= 60
    for field in ("code", "fr", "definition_fr"):
        counted = Counter(term[field] for term in terms)
        assert [value for value, n in counted.items() if n > 1] == []


def test_a_technical_word_is_not_also_a_term():
    content = glossary()
    assert content["technical"] == sorted(set(content["technical"]))
    assert not {term["code"] for term in content["terms"]} & set(content["technical"])


def test_public_classes_of_the_core_are_made_of_the_glossary():
    content = glossary()
    codes = [*(term["code"] for term in content["terms"]), *content["technical"]]
    vocabulary = {tuple(form.split("_")) for code in codes for form in (code, f"{code}s")}
    strangers = {
        f"{step}.{name}"
        for name, step in public_classes().items()
        if not is_made_of(words_of(name), vocabulary)
    }
    assert strangers == set(), "add the notion to docs/glossary.yaml, or use its word"


def test_the_guard_would_see_a_stranger():
    vocabulary = {("use", "case"), ("finding",)}
    assert is_made_of(words_of("UseCaseFinding"), vocabulary)
    assert not is_made_of(words_of("UseFinding"), vocabulary)
    assert not is_made_of(words_of("CaseManager"), vocabulary)
