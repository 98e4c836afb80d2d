"""The index of a rubric: it leaves out only phrasings of which a clause says nothing."""

from __future__ import annotations

import pytest

from quizkit.values.rubric.clauses import clauses
from quizkit.values.rubric.hearing import heard
from quizkit.values.rubric.matching import relation, strictly
from quizkit.values.rubric.rubric import MAX_MENDED
from tests.unit.values.rubric.rubrics import COMPILED, PARTLY, RIGHT, WRONG


@pytest.mark.parametrize(("name", "answer"), RIGHT + PARTLY + WRONG)
def test_what_the_index_leaves_out_says_nothing(name: str, answer: str) -> None:
    rubric = COMPILED[name]
    for clause in heard(clauses(answer), rubric, counts=True):
        for point, near in zip(rubric.points, clause.near, strict=True):
            left_out = [each for each in point.accept if each not in near.accept + near.nearly]
            assert all(relation(each, clause.reading).relation == "nothing" for each in left_out)
            lacking = [relation(each, clause.reading).relation for each in near.nearly]
            assert not {"says", "reverses"} & set(lacking)
            left_out = [each for each in point.contradict if each not in near.contradict]
            assert all(strictly(each, clause.reading).relation != "says" for each in left_out)


def test_the_index_leaves_most_out() -> None:
    near = heard(clauses("The loss diverges."), COMPILED["rate"], counts=True)[0].near
    assert (
        0 < sum(len(each.accept + each.nearly) for each in near) < len(COMPILED["rate"].phrasings)
    )


def test_only_some_unknown_words_are_looked_at_for_slips() -> None:
    memo: dict[str, str | None] = {}
    text = " ".join(f"ensembl{one}{other}" for one in "abcdefgh" for other in "abcdefgh")
    for clause in clauses(text):
        COMPILED["dropout"].mended(clause.words, memo)
    assert len(memo) == MAX_MENDED
