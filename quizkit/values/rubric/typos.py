"""Slips of the keyboard."""

from __future__ import annotations

from quizkit.values.rubric.stems import singular

SHORT = 4  # letters of a word in which a slip may be seen
LONG = 9  # letters from which on two slips are


def is_typo(typed: str, meant: str) -> bool:
    """Whether one word is the other with a slip of the keyboard, or two in a long one."""
    typed, meant = singular(typed), singular(meant)
    shorter = min(len(typed), len(meant))
    if shorter < SHORT or typed[0] != meant[0]:
        return False
    if shorter <= SHORT + 1 and not (_is_swapped(typed, meant) or _lacks_letter(typed, meant)):
        return False  # a change of one letter makes another short word
    allowed = 1 if shorter < LONG else 2
    if abs(len(typed) - len(meant)) > allowed or len(set(typed) ^ set(meant)) > 2 * allowed:
        return False
    return _apart(typed, meant) <= allowed


def _lacks_letter(typed: str, meant: str) -> bool:
    """Whether a letter within the word was left out."""
    is_inner = typed[-1] == meant[-1] and len(meant) == len(typed) + 1
    return is_inner and any(meant[:at] + meant[at + 1 :] == typed for at in range(len(meant)))


def _is_swapped(one: str, other: str) -> bool:
    """Whether just two neighbouring letters changed places."""
    return len(one) == len(other) and sorted(one) == sorted(other)


def _apart(one: str, other: str) -> int:
    """Insertions, deletions, changes and swaps of neighbours from one word to the other."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        older, before, row = before, row, [i]
        for j, b in enumerate(other, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                cost = min(cost, older[j - 2] + 1)
            row.append(cost)
    return row[-1]
