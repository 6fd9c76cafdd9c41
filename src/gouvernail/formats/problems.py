"""What is wrong in a JSON document, in words: the place, what was expected, what to do."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from gouvernail_core.kernel import Problem, RefusedError, Text

ModelT = TypeVar("ModelT", bound=BaseModel)

#: What each shape error of pydantic expected to find. Several branches of one union meet at one
#: place: their expectations are joined by « ou ».
_EXPECTED = {
    "int": Text("un nombre entier", "a whole number"),
    "float": Text("un nombre", "a number"),
    "finite": Text("un nombre fini", "a finite number"),
    "string": Text("un texte entre guillemets", "a text between quotes"),
    "bool": Text("true ou false", "true or false"),
    "list": Text("une liste […]", "a list […]"),
    "dict": Text("un objet {…}", "an object {…}"),
    "date": Text("une date AAAA-MM-JJ", "a date YYYY-MM-DD"),
    "none": Text("null", "null"),
}
_EXPECTED_BY_TYPE = {
    "int_type": "int",
    "int_parsing": "int",
    "int_from_float": "int",
    "int_parsing_size": "int",
    "float_type": "float",
    "float_parsing": "float",
    "finite_number": "finite",
    "string_type": "string",
    "string_sub_type": "string",
    "bool_type": "bool",
    "bool_parsing": "bool",
    "list_type": "list",
    "tuple_type": "list",
    "set_type": "list",
    "dict_type": "dict",
    "mapping_type": "dict",
    "model_type": "dict",
    "model_attributes_type": "dict",
    "dataclass_type": "dict",
    "date_type": "date",
    "date_parsing": "date",
    "date_from_datetime_parsing": "date",
    "date_from_datetime_inexact": "date",
    "none_required": "none",
}

_SENTENCES = {
    "missing": Text(
        "ce champ est nécessaire, il manque. Ajoutez-le.", "this field is needed. Add it."
    ),
    "extra_forbidden": Text(
        "ce champ n’est pas connu ici. Retirez-le, ou vérifiez son orthographe.",
        "this field is not known here. Remove it, or check its spelling.",
    ),
    "greater_than": Text(
        "la valeur {input} doit être supérieure à {gt}.", "the value {input} must be above {gt}."
    ),
    "greater_than_equal": Text(
        "la valeur {input} doit être au moins {ge}.", "the value {input} must be at least {ge}."
    ),
    "less_than": Text(
        "la valeur {input} doit être inférieure à {lt}.", "the value {input} must be below {lt}."
    ),
    "less_than_equal": Text(
        "la valeur {input} doit être au plus {le}.", "the value {input} must be at most {le}."
    ),
    "too_short": Text(
        "il faut au moins {min_length} élément(s), il y en a {actual_length}.",
        "at least {min_length} item(s) are needed, there are {actual_length}.",
    ),
    "too_long": Text(
        "il faut au plus {max_length} élément(s), il y en a {actual_length}.",
        "at most {max_length} item(s) are allowed, there are {actual_length}.",
    ),
    "string_too_short": Text(
        "ce texte ne peut pas être vide ou plus court que {min_length} caractère(s).",
        "this text cannot be empty or shorter than {min_length} character(s).",
    ),
    "string_too_long": Text(
        "ce texte ne peut pas dépasser {max_length} caractères.",
        "this text cannot exceed {max_length} characters.",
    ),
    "string_pattern_mismatch": Text(
        "le texte {input} n’a pas la forme attendue.",
        "the text {input} does not have the expected form.",
    ),
    "literal_error": Text(
        "la valeur {input} n’est pas admise. Valeurs admises : {expected}.",
        "the value {input} is not allowed. Allowed values: {expected}.",
    ),
    "enum": Text(
        "la valeur {input} n’est pas admise. Valeurs admises : {expected}.",
        "the value {input} is not allowed. Allowed values: {expected}.",
    ),
}
_FALLBACK = Text(
    "la valeur {input} n’a pas la forme attendue.",
    "the value {input} does not have the expected form.",
)

#: Names pydantic gives to the branches of a union and to its wrappers, which are not a place in
#: the document: ``float``, ``list[float]``, ``constrained-str``, ``function-after[check(), …]``.
_BRANCH = re.compile(
    r"^(int|float|str|bool|date|none|dict|list|tuple|set|nullable|constrained-\w+"
    r"|(list|tuple|dict|set|function-\w+|lax-or-strict|json-or-python|definition-ref"
    r"|nullable|chain|union|literal|model|is-instance)\[.*\])$"
)


def problems_of(error: ValidationError) -> tuple[Problem, ...]:
    """Return one problem per faulty place of the document, in the order of the document.

    The branches of a union that fail at one place give one problem (« attendu : un nombre ou une
    liste »). A validator that speaks for itself raises ``PydanticCustomError`` with its English
    message and the French one in the context under ``fr``. A document key spelled like a branch
    (``float``) is left out of the path: a price paid for not needing the document here.

    >>> class Case(BaseModel):
    ...     budget: float
    >>> try:
    ...     Case.model_validate({"budget": []})
    ... except ValidationError as error:
    ...     [(problem.code, problem.path) for problem in problems_of(error)]
    [('shape-float_type', 'budget')]
    """
    places: dict[str, list[dict[str, Any]]] = {}
    for item in error.errors(include_url=False):
        places.setdefault(path_of(item["loc"]), []).append(dict(item))
    return tuple(_problem_at(path, items) for path, items in places.items())


def path_of(parts: Iterable[str | int]) -> str:
    """Return the place in the notation of the messages, without union branches.

    >>> path_of(("cases", 2, "values", "quality", "float"))
    'cases[2].values.quality'
    """
    path = ""
    for part in parts:
        if isinstance(part, int):
            path += f"[{part}]"
        elif part == "[key]" or _BRANCH.match(part):
            continue
        else:
            path += f".{part}" if path else part
    return path


def read_json(text: str | bytes) -> object:
    """Return the document written in `text`, or refuse with the line and the column.

    Refused as well: a key given twice in one object (the second would silently win), and the
    ``NaN`` and ``Infinity`` that JSON does not have (RFC 8259 §6).

    >>> read_json('{"gap": 0}')
    {'gap': 0}
    """
    try:
        return json.loads(
            text, object_pairs_hook=_without_duplicates, parse_constant=_refuse_constant
        )
    except json.JSONDecodeError as error:
        raise RefusedError(
            _document_problem(
                "json-syntax",
                f"ligne {error.lineno}, colonne {error.colno} : ce n’est pas du JSON. "
                "Vérifiez les virgules, les guillemets et les accolades à cet endroit.",
                f"line {error.lineno}, column {error.colno}: this is not JSON. "
                "Check the commas, quotes and braces there.",
            )
        ) from error
    except UnicodeDecodeError as error:
        raise RefusedError(
            _document_problem(
                "json-encoding",
                "le fichier n’est pas en UTF-8. Enregistrez-le dans cet encodage.",
                "the file is not in UTF-8. Save it in that encoding.",
            )
        ) from error
    except ValueError as error:
        # Python refuses to read a whole number of more than 4,300 digits.
        raise RefusedError(
            _document_problem(
                "json-number",
                "un nombre y est trop long pour être lu.",
                "one of its numbers is too long to be read.",
            )
        ) from error
    except RecursionError as error:
        raise RefusedError(
            _document_problem(
                "json-depth",
                "le document est trop profondément imbriqué.",
                "the document is nested too deeply.",
            )
        ) from error


def model_from(model: type[ModelT], document: object) -> ModelT:
    """Return `document` as `model`, or refuse with every faulty place."""
    try:
        return model.model_validate(document)
    except ValidationError as error:
        raise RefusedError(*problems_of(error)) from error


def _problem_at(path: str, items: Sequence[dict[str, Any]]) -> Problem:
    """Return the problem of one place from the errors pydantic found there."""
    expected = list(
        dict.fromkeys(
            _EXPECTED_BY_TYPE[item["type"]] for item in items if item["type"] in _EXPECTED_BY_TYPE
        )
    )
    where = path or None
    own = next((item for item in items if item["type"] not in _EXPECTED_BY_TYPE), None)
    if own is not None:
        return Problem(code=f"shape-{own['type']}", text=_own_text(own), path=where)
    shown = _shown(items[0].get("input"))
    text = Text(
        f"attendu : {' ou '.join(_EXPECTED[name].fr for name in expected)} ; trouvé : {shown}.",
        f"expected: {' or '.join(_EXPECTED[name].en for name in expected)}; found: {shown}.",
    )
    return Problem(code=f"shape-{items[0]['type']}", text=text, path=where)


def _own_text(item: dict[str, Any]) -> Text:
    """Return the sentence of an error that is not a mere mismatch of types."""
    context = item.get("ctx") or {}
    if "fr" in context:
        return Text(str(context["fr"]), str(item["msg"]))
    template = _SENTENCES.get(item["type"], _FALLBACK)
    values = {name: value for name, value in context.items() if name != "error"}
    return template.format(**{**values, "input": _shown(item.get("input"))})


def _shown(value: object) -> str:
    """Return the found value as JSON, cut at 60 characters."""
    try:
        shown = json.dumps(value, ensure_ascii=False, default=str)
    except (TypeError, ValueError):
        shown = str(value)
    return shown if len(shown) <= 60 else f"{shown[:57]}…"


def _without_duplicates(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """Return the object of these pairs, or refuse when a key comes twice."""
    seen: dict[str, object] = {}
    for key, value in pairs:
        if key in seen:
            raise RefusedError(
                _document_problem(
                    "json-duplicate-key",
                    f"le champ « {key} » est donné deux fois dans le même objet. Gardez-en un.",
                    f"the field “{key}” is given twice in one object. Keep one.",
                )
            )
        seen[key] = value
    return seen


def _refuse_constant(name: str) -> float:
    """Refuse the constants JSON does not have."""
    raise RefusedError(
        _document_problem(
            "json-not-finite",
            f"{name} n’est pas un nombre. Donnez une valeur finie.",
            f"{name} is not a number. Give a finite value.",
        )
    )


def _document_problem(code: str, fr: str, en: str) -> Problem:
    """Return a problem of the document as a whole, place included in the words."""
    return Problem(code=code, text=Text(fr, en))
