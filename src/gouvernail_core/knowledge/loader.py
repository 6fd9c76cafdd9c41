"""The rules, the facts and the parameters of the law, read once and refused when they are wrong."""

from __future__ import annotations

import hashlib
from collections.abc import Hashable, Mapping
from datetime import date
from functools import cache
from importlib import resources
from types import MappingProxyType
from typing import Any

import yaml

from gouvernail_core.knowledge.files import read_text
from gouvernail_core.knowledge.schema import (
    FactSpec,
    KnowledgeError,
    Parameter,
    RuleSpec,
    parse_facts,
    parse_parameters,
    parse_rule,
)

_FACTS = "facts.yaml"
_PARAMETERS = "parameters/legal.yaml"
_RULES = "obligations"

# The C loader reads the rule files ten times faster; it is absent from some builds of PyYAML.
_BASE: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _StrictLoader(_BASE):  # type: ignore[misc]  # the base is chosen when the module is read
    """A safe loader that refuses a key written twice: the second would silently win."""


def _mapping_without_duplicates(loader: Any, node: yaml.MappingNode) -> dict[Hashable, Any]:  # noqa: ANN401 - PyYAML's loaders share no public base
    seen: dict[Hashable, Any] = {}
    for key_node, value_node in node.value:
        key = loader.construct_object(key_node, deep=True)
        if key in seen:
            line = key_node.start_mark.line + 1
            raise KnowledgeError(f"line {line}: the key {key!r} is written twice")
        seen[key] = loader.construct_object(value_node, deep=True)
    return seen


_StrictLoader.add_constructor(
    yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _mapping_without_duplicates
)


def parse_yaml(where: str, text: str) -> object:
    """Return the content of a YAML text, or refuse naming `where`.

    >>> parse_yaml("example", "a: 1")
    {'a': 1}
    """
    try:
        return yaml.load(text, Loader=_StrictLoader)  # noqa: S506 - built on the safe loader
    except yaml.YAMLError as error:
        raise KnowledgeError(f"{where}: {error}") from error
    except KnowledgeError as error:
        raise KnowledgeError(f"{where}, {error}") from error


@cache
def load_facts() -> Mapping[str, FactSpec]:
    """Return every fact the rules may read, by name.

    >>> load_facts()["use_case.profiling"].type.value
    'ternary'
    """
    return MappingProxyType(parse_facts(_FACTS, parse_yaml(_FACTS, read_text(_FACTS))))


@cache
def load_parameters() -> Mapping[str, Parameter]:
    """Return the dated figures of the law, by code.

    >>> from datetime import date
    >>> load_parameters()["SEUIL_CST"].at(date(2026, 11, 22)).value
    Decimal('50')
    """
    content = parse_yaml(_PARAMETERS, read_text(_PARAMETERS))
    return MappingProxyType(parse_parameters(_PARAMETERS, content))


@cache
def load_rules() -> tuple[RuleSpec, ...]:
    """Return every obligation, by number then code; a file is named after its rule."""
    rules: list[RuleSpec] = []
    for name in _rule_files():
        where = f"{_RULES}/{name}"
        rule = parse_rule(where, parse_yaml(where, read_text(where)))
        if name != f"{rule.code.lower()}.yaml":
            raise KnowledgeError(f"{where}: the file is named after its code, {rule.code}")
        rules.append(rule)
    codes = [code for rule in rules for code in (rule.code, *rule.also)]
    doubles = {code for code in codes if codes.count(code) > 1}
    if doubles:
        raise KnowledgeError(f"{_RULES}: codes used twice: {', '.join(sorted(doubles))}")
    return tuple(sorted(rules, key=lambda rule: (rule.number, rule.code)))


@cache
def rules_version() -> str:
    """Return the version of the rules: the last day one of them was checked, and a short hash.

    The same files give the same version on every machine: line ends are read as one, and the
    names are hashed with the contents.
    """
    digest = hashlib.sha256()
    for name in (_FACTS, _PARAMETERS, *(f"{_RULES}/{file}" for file in _rule_files())):
        digest.update(name.encode())
        digest.update(b"\0")
        digest.update(read_text(name).replace("\r\n", "\n").encode())
        digest.update(b"\0")
    return f"{last_checked().isoformat()}-{digest.hexdigest()[:8]}"


@cache
def last_checked() -> date:
    """Return the last day a source of the rules or of the parameters was read."""
    days = [source.read_on for rule in load_rules() for source in rule.sources]
    days += [item.source.read_on for each in load_parameters().values() for item in each.values]
    return max(day for day in days if day is not None)


def _rule_files() -> list[str]:
    folder = resources.files("gouvernail_core.knowledge") / _RULES
    return sorted(item.name for item in folder.iterdir() if item.name.endswith(".yaml"))
