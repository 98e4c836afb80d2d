"""One phrasing against one clause: negation and direction decide what is said."""

from __future__ import annotations

import pytest

from quizkit.values.rubric.clauses import clauses
from quizkit.values.rubric.matching import strictly
from quizkit.values.rubric.phrasings import compiled
from quizkit.values.rubric.readings import reading

SAYS = {
    "reduces overfitting": [
        "it reduces overfitting",
        "less overfitting",
        "overfitting is lower",
        "overfitting decreases",
        "it prevents overfitting",
        "it avoids overfitting",
        "there is no overfitting",
        "overfitting does not occur",
        "overfitting is reduced by noise",
        "it helps against overfitting",
        "the risk of overfitting goes down",
        "it does not increase overfitting",
        "it leads to less overfitting",
        "it mitigates over-fitting",
        "there is no network without less overfitting",
    ],
    "units cannot|not rely": [
        "units can't rely on others",
        "a unit is unable to rely on others",
        "it keeps units from relying on others",
        "units no longer rely on others",
        "units rely less on others",
        "it prevents units from relying on others",
    ],
    "units learn features": [
        "units learn useful features",
        "units do not fail to learn features",
        "features are learned by the units",
        "units learn more features",
    ],
    "trains faster": ["it trains faster", "training is not slow", "training speeds up",
                      "training is less slow"],
    "more stable gradients": ["gradients are stable", "gradients become more stable",
                              "less unstable gradients"],
}  # fmt: skip
REVERSES = {
    "reduces overfitting": [
        "it increases overfitting",
        "more overfitting",
        "overfitting grows",
        "it does not reduce overfitting",
        "it fails to reduce overfitting",
        "it never prevents overfitting",
        "it causes overfitting",
        "overfitting goes up",
        "it hardly reduces overfitting",
        "overfitting is not prevented",
    ],
    "units cannot|not rely": ["units rely more on others", "units never fail to rely on others"],
    "units learn features": [
        "units do not learn features",
        "units never learn any features",
        "units fail to learn features",
        "it prevents units from learning features",
        "units learn without features",
    ],
    "trains faster": ["it trains slower", "training is not fast", "training is slow"],
    "more stable gradients": ["gradients are unstable", "gradients become less stable"],
}
NEITHER = {
    "reduces overfitting": ["overfitting", "it reduces variance", "it has to do with overfitting"],
    "units cannot|not rely": ["units learn", "units and reliance"],
    "units learn features": ["units learn", "the features", "networks forget"],
}


def said(phrasing: str, text: str, *, is_wide: bool = False) -> set[str]:
    (clause,) = clauses(text)
    found = compiled(phrasing, is_wide=is_wide)
    return {strictly(each, reading(clause.words)).relation for each in found}


def cases(table: dict[str, list[str]]) -> list[tuple[str, str]]:
    return [(phrasing, text) for phrasing, texts in table.items() for text in texts]


@pytest.mark.parametrize(("phrasing", "text"), cases(SAYS))
def test_it_says_so(phrasing: str, text: str) -> None:
    assert "says" in said(phrasing, text)


@pytest.mark.parametrize(("phrasing", "text"), cases(REVERSES))
def test_it_says_the_contrary(phrasing: str, text: str) -> None:
    assert "says" not in said(phrasing, text)
    assert "reverses" in said(phrasing, text)


@pytest.mark.parametrize(("phrasing", "text"), cases(NEITHER))
def test_it_says_neither(phrasing: str, text: str) -> None:
    assert not said(phrasing, text) & {"says", "reverses"}


@pytest.mark.parametrize("text", ["", "the of", "|", "not", "a|the"])
def test_a_phrasing_needs_content(text: str) -> None:
    with pytest.raises(ValueError, match="at least one word"):
        compiled(text)


def test_a_phrasing_is_short() -> None:
    with pytest.raises(ValueError, match="at most 12 words"):
        compiled("unit " * 13)


def test_no_word_fills_two_slots() -> None:
    assert "says" not in said("generated|real generated|fake", "it is generated")
    assert "says" in said("generated|real generated|fake", "real or generated")


def test_a_wide_phrasing_is_content_with_synonyms() -> None:
    assert "says" in said("units rely", "the units lean on others", is_wide=True)
    assert "says" not in said("units rely", "the units lean on others")
    assert "reverses" in said("units rely", "the units never lean on others", is_wide=True)
    assert "says" not in said("rely", "they lean on others", is_wide=True)


def test_how_much_there_is_is_no_change_of_it() -> None:
    assert "says" not in said("reduces noise", "a small noise")
    assert "says" in said("reduces noise", "the noise shrinks")


@pytest.mark.parametrize(
    ("phrasing", "text"),
    [
        ("gradients large|threshold", "gradients over a threshold are not scaled"),
        ("ensemble networks", "it reduces the ensemble of networks"),
    ],
)
def test_what_may_be_denied_is_in_doubt(phrasing: str, text: str) -> None:
    assert "doubts" in said(phrasing, text)


def test_what_comes_near_counts_only_where_nothing_is_denied() -> None:
    assert said("units share weights", "units share the rest") == {"nearly"}
    assert said("units share weights", "units share what they do not know") == {"nothing"}
