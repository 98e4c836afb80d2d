"""Text of banks and learners, made harmless: nothing in it can steer a terminal."""

from __future__ import annotations

_KEPT = "\n"
# Bidirectional controls reorder what is read; zero-width ones hide.
_HIDDEN = [*range(0x200B, 0x2010), *range(0x2028, 0x202F), *range(0x2060, 0x2070), 0x061C, 0xFEFF]
_HARMLESS: dict[int, str] = {
    **{code: chr(0x2400 + code) for code in range(0x20) if chr(code) not in _KEPT},
    **dict.fromkeys(range(0x7F, 0xA0), "\ufffd"),
    **dict.fromkeys(_HIDDEN, "\ufffd"),
    0x09: "    ",
    0x7F: "\u2421",
}


def clean(text: str) -> str:
    """The text with control characters made visible; line ends stay, tabs become spaces."""
    text = text.replace("\r\n", "\n").translate(_HARMLESS)
    if text.isascii():
        return text
    return text.encode("utf-8", "replace").decode()  # half a surrogate pair cannot be printed


def clean_line(text: str) -> str:
    """The same, on one line."""
    return clean(text).replace("\n", "␊")
