"""From a file's plain data to typed questions, with every problem found and where it stands."""

from __future__ import annotations

import types
import typing
from typing import Any

import msgspec

from quizkit import model
from quizkit.bank.source import Path, Source
from quizkit.errors import Problem, did_you_mean
from quizkit.model import KINDS


def json_schema() -> dict[str, Any]:
    """The JSON Schema of a question file, for editors."""
    (schema,), components = msgspec.json.schema_components(
        [dict[model.Slug, model.AnyQuestion]], ref_template="#/$defs/{name}"
    )
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "quizkit questions"}
    return {**head, **schema, "$defs": components}


def questions(source: Source) -> tuple[dict[str, model.AnyQuestion], list[Problem]]:
    """The file's questions by slug, as far as they are well-formed, and all its problems."""
    reader = _Reader(source)
    if source.data is None and source.problems:
        return {}, source.problems
    if not isinstance(source.data, dict):
        reader.complain(
            (), f"found {_kind_of(source.data)}; expected a mapping of slugs to questions"
        )
        return {}, reader.problems
    read: dict[str, model.AnyQuestion] = {}
    for slug, data in source.data.items():
        reader.convert(slug, model.Slug, (slug,))
        question = reader.question(data, (slug,))
        if question is not None:
            read[slug] = question
    return read, reader.problems


class _Reader:
    """Converts part by part, so that one report holds every problem of a file."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.problems = list(source.problems)

    def complain(self, path: Path, message: str) -> None:
        place = ".".join(str(part) for part in path)
        self.problems.append(
            Problem(self.source.where(path), f"{place}: {message}" if place else message)
        )

    def question(self, data: Any, path: Path) -> model.AnyQuestion | None:
        if not isinstance(data, dict):
            self.complain(path, f"found {_kind_of(data)}; expected a question (a mapping)")
            return None
        kind = data.get("kind")
        if not isinstance(kind, str) or kind not in KINDS:
            found = f"kind is {kind!r}" if "kind" in data else "no kind"
            hint = did_you_mean(str(kind), list(KINDS)) if kind is not None else ""
            self.complain((*path, "kind"), f"{found}; expected one of {', '.join(KINDS)}{hint}")
            return None
        rest = {key: value for key, value in data.items() if key != "kind"}
        return typing.cast("model.AnyQuestion | None", self.struct(rest, KINDS[kind], path))

    def struct(self, data: Any, kind: type, path: Path) -> Any:
        """An instance of a Struct, or None with its problems noted."""
        if not isinstance(data, dict):
            self.complain(path, f"found {_kind_of(data)}; expected a mapping")
            return None
        fields = {field.encode_name: field for field in msgspec.structs.fields(kind)}
        before = len(self.problems)
        for name in data.keys() - fields.keys():
            hint = did_you_mean(name, list(fields)) or f"; known are {', '.join(fields)}"
            self.complain((*path, name), f"unknown key{hint}")
        for name, field in fields.items():
            if field.required and name not in data:
                self.complain(path, f"{name!r} is missing")
        values = {
            fields[name].name: self.convert(value, fields[name].type, (*path, name))
            for name, value in data.items()
            if name in fields
        }
        return kind(**values) if len(self.problems) == before else None

    def convert(self, data: Any, kind: Any, path: Path) -> Any:
        """`data` as `kind`, going down as far as a part can have a line of its own."""
        if isinstance(kind, type) and issubclass(kind, msgspec.Struct):
            return self.struct(data, kind, path)
        members = typing.get_args(kind)
        if isinstance(kind, types.UnionType) and isinstance(data, dict):
            structs = [m for m in members if isinstance(m, type) and issubclass(m, msgspec.Struct)]
            if structs:
                return self.struct(data, structs[0], path)
            mappings = [m for m in members if typing.get_origin(m) is dict]
            kind = mappings[0] if mappings else kind
            members = typing.get_args(kind)
        if typing.get_origin(kind) is dict and isinstance(data, dict):
            for key in data:
                self.leaf(key, members[0], (*path, key))
            return {
                key: self.convert(value, members[1], (*path, key)) for key, value in data.items()
            }
        if (
            typing.get_origin(kind) is tuple
            and members[-1:] == (Ellipsis,)
            and isinstance(data, list)
        ):
            return tuple(
                self.convert(item, members[0], (*path, index)) for index, item in enumerate(data)
            )
        return self.leaf(data, kind, path)

    def leaf(self, data: Any, kind: Any, path: Path) -> Any:
        try:
            return msgspec.convert(data, kind)
        except msgspec.ValidationError as error:
            self.complain(path, f"found {_shown(data)}; {_expectation(kind, data, error)}")
            return None


def _expectation(kind: Any, data: Any, error: msgspec.ValidationError) -> str:
    if typing.get_origin(kind) is typing.Literal:
        allowed = [str(member) for member in typing.get_args(kind)]
        return f"expected one of {', '.join(allowed)}{did_you_mean(str(data), allowed)}"
    for each in (kind, *typing.get_args(kind)):  # `FunctionName | None` is one of two
        metadata = getattr(each, "__metadata__", ())
        if isinstance(data, str) and metadata and metadata[0].description:
            return f"expected {metadata[0].description}"
    return f"{str(error)[0].lower()}{str(error)[1:]}"


def _shown(data: Any) -> str:
    text = repr(data)
    return text if len(text) <= 60 else text[:57] + "..."


def _kind_of(data: Any) -> str:
    names = {dict: "a mapping", list: "a list", str: "text", type(None): "nothing"}
    return names.get(type(data), f"{type(data).__name__} {_shown(data)}")
