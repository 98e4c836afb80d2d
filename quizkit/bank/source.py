"""Strict YAML 1.2: plain data with the line of each part, and every problem of the file at once.

PyYAML only splits the text into events; scalars, mappings and bounds are ours. Banks are hostile
input: tags construct nothing, aliases, depth and size are bounded, and no control character passes.
"""

from __future__ import annotations

import math
import re
import unicodedata
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from quizkit.errors import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

Path = tuple[str | int, ...]

MAX_BYTES = 4_000_000
MAX_DEPTH = 20
MAX_NODES = 200_000
MAX_ALIASES = 100

# https://yaml.org/spec/1.2.2/#1032-tag-resolution (core schema)
_INT = re.compile(r"[-+]?[0-9]{1,300}|0o[0-7]{1,300}|0x[0-9a-fA-F]{1,300}")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]{1,3})?")
_WORDS: dict[str, Any] = {
    **dict.fromkeys(["", "~", "null", "Null", "NULL"]),
    **dict.fromkeys(["true", "True", "TRUE"], True),
    **dict.fromkeys(["false", "False", "FALSE"], False),
}
_BIDI_CONTROLS = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"


class Source(Struct, frozen=True):
    """A file's data, the line of each path in it, and what is wrong with it."""

    name: str
    data: Any
    lines: dict[Path, int]
    problems: list[Problem]

    def where(self, path: Path) -> str:
        """`file:line` of the nearest known part at or above `path`."""
        while path and path not in self.lines:
            path = path[:-1]
        return f"{self.name}:{self.lines.get(path, 1)}"


def read(text: str, name: str) -> Source:
    """The data of one YAML document with its lines; problems are collected, never raised."""
    import yaml

    if len(text.encode(errors="replace")) > MAX_BYTES:
        problem = Problem(f"{name}:1", f"the file exceeds {MAX_BYTES:,} bytes; split it")
        return Source(name, None, {}, [problem])
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    builder = _Builder(name, yaml.parse(text, Loader=loader))
    try:
        data = builder.document()
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        line = min(line, text.count("\n") + 1)  # the end of the file is no line of its own
        builder.complain(line, f"not YAML: {error.problem or error.context}")
        data = None
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        builder.complain(line, f"not YAML: {error.reason} (character {error.character!r})")
        data = None
    except UnicodeEncodeError as error:
        line = text.count("\n", 0, error.start) + 1
        builder.complain(line, f"half a character, U+{ord(text[error.start]):04X}; remove it")
        data = None
    except _TooMuch as error:
        builder.complain(*error.args)
        data = None
    return Source(name, data, builder.lines, builder.problems)


class _TooMuch(Exception):
    """A bound was passed; reading this file stops."""


class _Builder:
    """Builds data from the parser's events, noting lines and problems on the way."""

    def __init__(self, name: str, events: Iterator[Any]) -> None:
        self.name = name
        self.events = events
        self.lines: dict[Path, int] = {}
        self.problems: list[Problem] = []
        self.anchors: dict[str, Any] = {}
        self.nodes = 0
        self.aliases = 0

    def complain(self, line: int, message: str) -> None:
        self.problems.append(Problem(f"{self.name}:{line}", message))

    def document(self) -> Any:
        data: Any = {}
        for event in self.events:
            kind = type(event).__name__
            if kind == "DocumentStartEvent":
                data = self.node(next(self.events), (), 0)
            elif kind == "DocumentEndEvent":
                rest = next(self.events)
                if type(rest).__name__ != "StreamEndEvent":
                    self.complain(rest.start_mark.line + 1, "a second document; expected one")
                break
        return data

    def node(self, event: Any, path: Path, depth: int) -> Any:
        line = event.start_mark.line + 1
        self.lines.setdefault(path, line)
        self.nodes += 1
        if depth > MAX_DEPTH:
            raise _TooMuch(line, f"nested deeper than {MAX_DEPTH} levels")
        if self.nodes > MAX_NODES:
            raise _TooMuch(line, f"more than {MAX_NODES:,} values")
        kind = type(event).__name__
        if kind == "AliasEvent":
            return self.alias(event.anchor, line, depth)
        if kind == "ScalarEvent":
            data = self.scalar(event, line)
        elif kind == "SequenceStartEvent":
            data = self.sequence(event, path, depth)
        else:
            data = self.mapping(event, path, depth)
        if event.anchor:
            self.anchors[event.anchor] = data
        return data

    def alias(self, anchor: str, line: int, depth: int) -> Any:
        self.aliases += 1
        if self.aliases > MAX_ALIASES:
            raise _TooMuch(line, f"more than {MAX_ALIASES} aliases")
        if anchor not in self.anchors:
            self.complain(line, f"alias *{anchor} inside its own value, or undefined")
            return None
        if depth + _height(self.anchors[anchor]) > MAX_DEPTH:
            raise _TooMuch(line, f"nested deeper than {MAX_DEPTH} levels")
        self.nodes += _size(self.anchors[anchor])  # so that nested aliases cannot explode
        return self.anchors[anchor]

    def scalar(self, event: Any, line: int) -> Any:
        text: str = event.value
        self.check_tag(event, line, "tag:yaml.org,2002:str")
        bad = next((c for c in text if _is_control(c)), None)
        if bad is not None:
            self.complain(line, f"control character U+{ord(bad):04X}; remove it")
            return ""
        data = text if event.style else _plain(text)
        if data in (math.inf, -math.inf):
            self.complain(line, f"{text} is too large for a number")
            return 0
        return data

    def sequence(self, event: Any, path: Path, depth: int) -> list[Any]:
        self.check_tag(event, event.start_mark.line + 1, "tag:yaml.org,2002:seq")
        items: list[Any] = []
        while type(child := next(self.events)).__name__ != "SequenceEndEvent":
            items.append(self.node(child, (*path, len(items)), depth + 1))
        return items

    def mapping(self, event: Any, path: Path, depth: int) -> dict[str, Any]:
        self.check_tag(event, event.start_mark.line + 1, "tag:yaml.org,2002:map")
        items: dict[str, Any] = {}
        first: dict[str, int] = {}
        while type(child := next(self.events)).__name__ != "MappingEndEvent":
            line = child.start_mark.line + 1
            key = self.key(child, line, depth)
            if key in items:
                self.complain(line, f"{key!r} is given twice; first on line {first[key]}")
                self.node(next(self.events), (*path, key, "again"), depth + 1)
                continue
            first[key] = line
            self.lines[(*path, key)] = line
            items[key] = self.node(next(self.events), (*path, key), depth + 1)
        return items

    def key(self, event: Any, line: int, depth: int) -> str:
        if type(event).__name__ != "ScalarEvent":
            self.complain(line, "a key must be a plain word")
            self.node(event, ("?",), depth + 1)
            return f"?{line}"
        self.scalar(event, line)
        return str(event.value)

    def check_tag(self, event: Any, line: int, allowed: str) -> None:
        if event.tag not in (None, "!", allowed):
            self.complain(line, f"tag {event.tag!r}; tags are not allowed")


def _plain(text: str) -> Any:
    """A plain scalar as YAML 1.2 reads it: `no`, `12:30` and `1_000` are text, `010` is ten."""
    if text in _WORDS:
        return _WORDS[text]
    if _INT.fullmatch(text):
        return int(text, 8 if text.startswith("0o") else 16 if text.startswith("0x") else 10)
    if _FLOAT.fullmatch(text):
        return float(text)
    return text


def _is_control(character: str) -> bool:
    if character in "\n\t":
        return False
    return unicodedata.category(character) in ("Cc", "Cs") or character in _BIDI_CONTROLS


def _height(data: Any) -> int:
    items = data.values() if isinstance(data, dict) else data if isinstance(data, list) else ()
    return 1 + max(map(_height, items), default=0) if items else 0


def _size(data: Any) -> int:
    if isinstance(data, dict):
        return 1 + sum(_size(item) for item in data.values())
    if isinstance(data, list):
        return 1 + sum(_size(item) for item in data)
    return 1
