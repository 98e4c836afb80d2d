"""Whole answers: the verdict, the points behind it, and what does not count."""

from __future__ import annotations

import pytest

from quizkit.values.rubric.judge import judge
from quizkit.values.rubric.points import point
from quizkit.values.rubric.rubric import rubric
from tests.unit.values.rubric.rubrics import DROPOUT, PARTLY, RIGHT, UNDECIDED, WRONG, judged


@pytest.mark.parametrize(("name", "answer"), RIGHT)
def test_right(name: str, answer: str) -> None:
    found = judged(name, answer)
    assert (found.verdict, found.score) == ("right", 1.0), found


@pytest.mark.parametrize(("name", "answer"), PARTLY)
def test_partly(name: str, answer: str) -> None:
    found = judged(name, answer)
    assert (found.verdict, found.score) == ("partly", 0.5), found


@pytest.mark.parametrize(("name", "answer"), WRONG)
def test_wrong(name: str, answer: str) -> None:
    found = judged(name, answer)
    assert (found.verdict, found.score) == ("wrong", 0.0), found


@pytest.mark.parametrize(("name", "answer"), UNDECIDED)
def test_unclear_points_that_decide_leave_it_undecided(name: str, answer: str) -> None:
    found = judged(name, answer)
    assert found.verdict == "undecided", found
    assert "unclear" in [each.standing for each in found.points]


def test_a_contradiction_caps_the_credit_and_knows_its_clause() -> None:
    points = (
        point("one", 3, ("batch statistics",)),
        point("two", 1, ("reduces noise",)),
    )
    answer = "It uses the statistics of the batch, and it increases the noise."
    found = judge(answer, rubric(points))
    assert (found.verdict, found.score) == ("partly", 0.5)
    against = found.points[1]
    assert against.standing == "contradicted"
    assert against.span is not None
    assert answer[slice(*against.span)] == "and it increases the noise"


@pytest.mark.parametrize(
    ("answer", "verdict"),
    [
        ("The statistics of the batch play no part in it.", "wrong"),
        ("The statistics of the batch play a part in it.", "right"),
        ("It is far from being about the statistics of the batch.", "wrong"),
        ("The weights are used, which is wrong: it takes the statistics of the batch.", "right"),
        ("It takes the statistics of the batch, which is a myth: the weights are used.", "wrong"),
    ],
)
def test_what_is_denied_is_not_said(answer: str, verdict: str) -> None:
    assert judge(answer, rubric((point("one", 1, ("statistics batch",)),))).verdict == verdict


def test_a_level_is_no_verb_so_that_it_may_head_what_follows() -> None:
    points = (point("high", 1, ("high diverges",)), point("low", 1, ("low slow",)))
    assert judge("too high: it diverges; too low: it is slow", rubric(points)).verdict == "right"
    assert judge("too low: it diverges; too high: it is slow", rubric(points)).verdict != "right"


def test_words_are_joined_only_where_they_may_be_one() -> None:
    of_all = rubric((point("one", 1, ("one-size",)),))
    assert judge("He sells one size in his shop.", of_all).verdict == "right"
    sequential = rubric((point("one", 1, ("sequential work",)),))
    assert judge("The sequences at work are long and sad.", sequential).verdict != "right"


def test_a_denial_read_as_the_contrary_decides_nothing_against_what_is_said() -> None:
    points = (
        point("one", 1, ("batch statistics",), ("statistics stored",)),
        point("two", 1, ("reduces noise",)),
    )
    denied = judge(
        "It does not take the statistics of the batch, and it reduces noise.", rubric(points)
    )
    assert denied.verdict == "undecided"
    contrary = judge("The statistics are stored, and it reduces noise.", rubric(points))
    assert contrary.verdict == "wrong"


def test_letters_of_a_formula_make_no_row_of_key_words() -> None:
    rule = rubric((point("one", 1, ("clipping replaces",)),))
    answer = "Norm clipping replaces g by g·c/‖g‖ whenever ‖g‖ > c, which bounds the step."
    assert judge(answer, rule).verdict == "right"


def test_neither_and_nor_deny_one_side_each() -> None:
    both = rubric((point("data", 1, ("data role",)), point("gpus", 1, ("gpus role",))))
    assert judge("Data and GPUs played a role.", both).verdict == "right"
    denied = judge("Neither data nor GPUs played a role.", both)
    assert [each.standing for each in denied.points] == ["contradicted", "contradicted"]


def test_notes_with_arrows_may_repeat_a_word() -> None:
    rule = rubric((point("one", 1, ("same gradient",)),))
    notes = "same weights -> same output -> same gradient -> same"
    assert judge(notes, rule).verdict == "right"
    assert judge(notes.replace(" ->", ""), rule).guard


def test_weights_count() -> None:
    points = (point("one", 3, ("batch statistics",)), point("two", 1, ("reduces noise",)))
    assert judge("Batch statistics are used.", rubric(points)).score == 0.75
    assert judge("The noise is reduced.", rubric(points)).score == 0.25


OPTIONAL = rubric(
    (
        point("one", 2, ("batch statistics",)),
        point("two", 1, ("reduces noise",), ("increases noise",), is_optional=True),
    )
)


@pytest.mark.parametrize(
    ("answer", "verdict", "score"),
    [
        ("Batch statistics are used.", "right", 1.0),
        ("It uses batch statistics, and it reduces the noise.", "right", 1.0),
        ("It uses batch statistics, and it increases the noise.", "undecided", 2 / 3),
        ("It reduces the noise.", "partly", 1 / 3),
        ("It increases the noise.", "wrong", 0.0),
    ],
)
def test_an_optional_point_adds_and_may_be_contradicted(
    answer: str, verdict: str, score: float
) -> None:
    found = judge(answer, OPTIONAL)
    assert (found.verdict, found.score) == (verdict, pytest.approx(score))


def test_length_earns_nothing() -> None:
    short = judged("dropout", "Neurons can't depend on each other.")
    more = (
        " That is how it is with these networks, as one can read in many books on the matter." * 5
    )
    long = judged("dropout", "Neurons can't depend on each other." + more)
    assert (long.verdict, long.score) == (short.verdict, short.score)


@pytest.mark.parametrize(
    ("answer", "guard"),
    [
        ("", "no words"),
        ("!?", "no words"),
        ("Why does dropout reduce overfitting?", "the question is repeated"),
        ("Dropout reduces overfitting because dropout does reduce overfitting", "the question is repeated"),
        ("ensemble ensemble ensemble ensemble networks units", "key words without sentences"),
        ("dropout ensemble network units rely co-adaptation robust big map", "key words without sentences"),
        ("units the is cannot of the rely on of co-adaptation the to", "key words without sentences"),
        ("Units cannot rely on each other.", ""),
    ],
)  # fmt: skip
def test_what_does_not_count(answer: str, guard: str) -> None:
    found = judge(answer, rubric(DROPOUT[1], DROPOUT[0]))
    assert found.guard == guard
    assert not guard or found.score == 0


def test_a_question_back_is_no_answer() -> None:
    assert judged("dropout", "Do units not rely on each other?").verdict == "wrong"


def test_what_others_think_is_not_held_against_the_answer() -> None:
    said = "Many people think that it increases co-adaptation, but units cannot rely on each other."
    assert judged("dropout", said).points[0].standing == "covered"
    own = said.replace("Many people think that it", "It")
    assert judged("dropout", own).points[0].standing == "unclear"  # both are said
    alone = own.partition(",")[0]
    assert judged("dropout", alone).points[0].standing == "contradicted"


def test_it_stands_for_what_was_spoken_of() -> None:
    assert judged("decay", "The weights are pulled to zero, they become smaller.").score == 0.5
    assert judged("decay", "The units are pulled to zero, they become smaller.").score == 0.0


THREE = (
    point("one", 1, ("batch statistics",)),
    point("two", 1, ("reduces noise",)),
    point("three", 1, ("units share weights",)),
)


@pytest.mark.parametrize(
    ("last", "verdict"),
    [
        ("Units share weights.", "right"),
        ("The units share them.", "right"),  # close: a word is lacking
        ("The units do not share weights.", "undecided"),  # a lone contrary may be misread
        ("That is all.", "partly"),
    ],
)
def test_what_comes_close_is_granted_where_the_rest_is_sure(last: str, verdict: str) -> None:
    answer = f"Batch statistics are used. The noise is reduced. {last}"
    found = judge(answer, rubric(THREE))
    assert found.verdict == verdict, found
    assert (found.score == 1) is (verdict == "right")


def test_nothing_is_granted_where_little_is_sure() -> None:
    assert judge("Batch statistics are used. The units share them.", rubric(THREE)).score < 0.5


def test_notes_are_taken_at_their_word_where_marks_relate_them() -> None:
    assert (
        judge("batch statistics -> less noise: units share weights", rubric(THREE)).verdict
        == "right"
    )
    bare = "batch statistics less noise units share weights"
    assert judge(bare, rubric(THREE)).verdict != "right"


def test_what_is_so_instead_is_not_held_against_an_answer() -> None:
    points = (point("sum", 1, ("state added",), ("state multiplied matrix",)),)
    said = "The state is added to rather than being multiplied by a matrix."
    assert judge(said, rubric(points)).verdict == "right"
    assert judge("The state is multiplied by a matrix.", rubric(points)).verdict == "wrong"


def test_a_slip_in_a_short_word_is_overlooked() -> None:
    assert judge("the uints shaer wieghts", rubric(THREE)).points[2].standing == "covered"


def test_what_is_said_of_another_subject_is_not_held_against_the_first() -> None:
    points = (
        point("visible", 1, ("visible data",), ("visible features",)),
        point("hidden", 1, ("hidden features",), ("hidden data",)),
    )
    said = "The visible layer holds data and the hidden layer features."
    assert judge(said, rubric(points)).verdict == "right"
    assert judge("The visible layer holds features.", rubric(points)).verdict == "wrong"


GATES = (
    "How does a gated network differ from a plain one?",
    (
        point("additive", 1, ("gated adds|adding state",), ("plain adds state",)),
        point("drops", 1, ("plain forgets early inputs",)),
    ),
)


def test_and_instead_says_what_is_so() -> None:
    found = judge(
        "The gated one does not multiply and instead adds to the state.", rubric(GATES[1])
    )
    assert found.points[0].standing == "covered"
    found = judge("It multiplies instead of adding to the state.", rubric(GATES[1], GATES[0]))
    assert found.points[0].standing != "covered"


RATES = (
    "How does a rate that is too high or too low affect training?",
    (point("high", 1, ("high overshoots",)), point("low", 1, ("low slow",))),
)


@pytest.mark.parametrize(
    ("answer", "passes"),
    [
        ("If it is too high it overshoots, if it is too low it is slow.", True),
        ("It is slow if it is too high, and overshoots if it is too low.", False),
    ],
)
def test_a_condition_belongs_to_the_clause_before_an_and(answer: str, *, passes: bool) -> None:
    assert (judge(answer, rubric(RATES[1], RATES[0])).verdict == "right") == passes


LINES = "Why must units be non-linear?"
WITHOUT = point("line", 1, ("layers merge|collapse one",), says="Without them the layers are one.")
WITH = point("curves", 1, ("layers bend curves",), says="The layers can bend curves.")


def test_a_point_that_supposes_is_covered_by_what_would_be_so() -> None:
    assert (
        judge("Otherwise all layers merge into one.", rubric((WITHOUT,), LINES)).verdict == "right"
    )
    assert judge("Otherwise all layers bend curves.", rubric((WITH,), LINES)).verdict == "undecided"


def test_a_cleft_sentence_names_its_own_subject() -> None:
    said = "L2 shrinks them. It is L1 that sets many weights to 0."
    points = (point("sparse", 1, ("L1 weights 0",), ("L2 weights 0",)),)
    assert judge(said, rubric(points)).verdict == "right"


def test_a_deed_as_subject_does_not_turn_what_it_prevents() -> None:
    points = (point("alone", 1, ("prevents|no rely|co-adapting",)),)
    assert (
        judge("Dropping units prevents them from co-adapting.", rubric(points)).verdict == "right"
    )
    for denied in ("does not prevent them from", "can not stop them", "never stops them from"):
        found = judge(f"Dropping units {denied} co-adapting.", rubric(points))
        assert found.verdict == "wrong", denied


@pytest.mark.parametrize(
    "text",
    [
        "Dropout has to do with ensembles, neurons, redundancy, noise, weights, layers and depth.",
        "dropout overfitting ensembles neurons redundancy averaging noise training",
    ],
)
def test_names_in_a_row_claim_nothing(text: str) -> None:
    rule = rubric((point("one", 1, ("ensembles",)), point("two", 1, ("overfitting",))))
    assert judge(text, rule).verdict in ("undecided", "wrong")


def test_a_row_with_a_predicate_is_never_called_wrong() -> None:
    rule = rubric((point("one", 1, ("L1 few large",)), point("two", 1, ("L2 many small",))))
    text = "L1 always prefers few large weights and penalises, L2 prefers many small ones."
    assert judge(text, rule).guard == ""


def test_a_mixed_slot_turns_only_by_its_own_words() -> None:
    rule = rubric((point("one", 1, ("lower|early learned",)),))
    assert judge("The layers do not get learned features.", rule).verdict != "right"
    assert judge("Early layers have learned features.", rule).verdict == "right"


def test_what_stands_behind_instead_is_said_of_the_other_side() -> None:
    points = (
        point(
            "by-hand",
            1,
            ("people design", "classical design"),
            says="In classical learning people do.",
        ),
        point("learned", 1, ("deep learns", "learns features"), says="A deep network learns them."),
    )
    rule = rubric(
        points, "How does deep learning differ from classical machine learning in features?"
    )
    for text, verdict in (
        ("Instead of people who design them, a deep network learns features.", "right"),
        ("A deep network learns features rather than having people design them.", "right"),
        ("Classical methods learn features rather than having people design them.", "undecided"),
    ):
        assert judge(text, rule).verdict == verdict, text
