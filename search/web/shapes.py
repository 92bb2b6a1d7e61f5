"""How JSON Schema 2020-12 is written here: the words for a shape, and what has fields as shapes."""

from __future__ import annotations

from dataclasses import is_dataclass
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from msgspec import Struct

Schema = dict[str, Any]

TEXT: Schema = {"type": "string"}
NUMBER: Schema = {"type": "number"}
COUNT: Schema = {"type": "integer", "minimum": 0}
FLAG: Schema = {"type": "boolean"}
DATE: Schema = {"type": "string", "pattern": "^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$"}
MARKS: Schema = {
    "description": "[start, end] of each match, in characters of the text",
    "type": "array",
    "items": {"type": "array", "prefixItems": [COUNT, COUNT], "items": False, "minItems": 2},
}

_PLAIN: dict[object, Schema] = {
    str: TEXT,
    int: {"type": "integer"},
    float: NUMBER,
    bool: FLAG,
    NoneType: {"type": "null"},
}


def ref(name: str) -> Schema:
    """One of the shapes below."""
    return {"$ref": f"#/components/schemas/{name}"}


def many(items: Schema) -> Schema:
    return {"type": "array", "items": items}


def maybe(schema: Schema) -> Schema:
    return {"anyOf": [schema, {"type": "null"}]}


def one_of(choices: object) -> Schema:
    """The values of a Literal."""
    return {"type": "string", "enum": list(get_args(choices))}


def record(**properties: Schema) -> Schema:
    """An object that has all of these."""
    return {"type": "object", "properties": properties, "required": list(properties)}


def of_type(hint: Any, known: dict[str, Schema]) -> Schema:
    """The shape of a value of this type; dataclasses and structs that it needs are put among the `known`."""
    if hint in _PLAIN:
        return _PLAIN[hint]
    if is_dataclass(hint) or (isinstance(hint, type) and issubclass(hint, Struct)):
        return of_fields(hint, known)
    origin, parts = get_origin(hint), get_args(hint)
    if origin is Literal:
        return one_of(hint)
    if origin is tuple:
        return many(of_type(parts[0], known))
    if origin in (Union, UnionType):
        return {"anyOf": [of_type(part, known) for part in parts]}
    raise TypeError(f"{hint} has no JSON shape")


def of_fields(kind: Any, known: dict[str, Schema]) -> Schema:
    """A reference to a dataclass or struct as its fields give it."""
    if kind.__name__ not in known:
        shape = record(**{name: of_type(hint, known) for name, hint in get_type_hints(kind).items()})
        known[kind.__name__] = {"description": " ".join(kind.__doc__.split()), **shape}
    return ref(kind.__name__)
