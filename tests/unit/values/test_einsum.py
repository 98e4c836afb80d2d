"""Einsum subscripts; numpy's einsum on small random arrays is the second route."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest

from quizkit.values.einsum import canonical, expanded, read_einsum, renamed
from quizkit.values.numbers import Unreadable

SAME = [
    ("ij,jk->ik", "ab,bc->ac"),
    ("ij,jk", "xy,yz->xz"),
    ("ij,jk->ik", ' torch.einsum("i j, j k -> i k", a, b) '),
    ("ij,jk->ik", "np.einsum('ij,jk→ik', a, b)"),
    ("ij,jk->ik", "rows inner, inner columns -> rows columns"),
    ("ab...c->c...ab", "xy...z->z...xy"),
    ("ij,i->j", "batch dim, batch -> dim"),
    ("...ij,...jk->...ik", "...ab, ...bc -> ...ac"),
    ("ii", "aa->"),
    ("i,j->ij", "a,b->ab"),
]
# Of two square operands, so that any of them can be computed and compared.
FORMS = ["ij,jk->ik", "ij,jk->ki", "ij,kj->ik", "ij,ij->ij", "ij,ij->", "ij,kl->ijkl", "ij,jk->ijk"]
FORMS += ["ji,jk->ik", "ab,bc->ac", "ij,jk", "ij,ji->", "ij,jj->i"]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_names_spaces_and_calls_make_no_difference(one: str, other: str) -> None:
    assert canonical(one) == canonical(other)


@pytest.mark.parametrize(("one", "other"), list(combinations(FORMS, 2)))
def test_equal_subscripts_are_those_with_equal_results(one: str, other: str) -> None:
    random = np.random.default_rng(3)
    a, b = random.random((3, 3)), random.random((3, 3))
    first, second = np.einsum(one, a, b), np.einsum(other, a, b)
    are_equal = first.shape == second.shape and bool(np.allclose(first, second))
    assert (canonical(one) == canonical(other)) is are_equal


@pytest.mark.parametrize("form", FORMS)
def test_the_result_written_out_is_numpy_s(form: str) -> None:
    random = np.random.default_rng(4)
    a, b = random.random((3, 3)), random.random((3, 3))
    assert np.array_equal(np.einsum(str(read_einsum(form)), a, b), np.einsum(form, a, b))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("bij bjk bik", "'bij,bjk->bik'"),
        ("einsum('bij bjk bik')", "'bij,bjk->bik'"),
        ("ij jk", "'ij->jk'"),
        ("bij bjk -> bik", "commas between the operands"),
    ],
)
def test_subscripts_without_commas_or_arrow_are_asked_again(text: str, told: str) -> None:
    with pytest.raises(Unreadable) as found:
        read_einsum(text)
    assert told in found.value.misread.problem


def test_letters_with_blanks_are_one_operand() -> None:
    assert read_einsum("i j") == read_einsum("ij")
    assert read_einsum("rows columns -> columns rows").result == ("columns", "rows")


@pytest.mark.parametrize(
    "text",
    ["", "->", "ij->k", "ij->ii", "i1,j->ij", "i+j", "ij,jk->ik;", "i" * 301, "a," * 9, "\x00"],
)
def test_what_is_no_subscripts_is_unreadable(text: str) -> None:
    with pytest.raises(Unreadable) as found:
        read_einsum(text)
    assert 0 <= found.value.misread.position <= len(text)
    assert found.value.misread.problem.isprintable()


@pytest.mark.parametrize(
    "written",
    [
        "...ij,...jk->...ik",
        "...ij,...jk",
        "b...j,b...jk->b...k",
        "i...,...->i...",
        "...,...k->...k",
        "...ij,...kj->...ik",
        "...j,bjk->...k",
    ],
)
@pytest.mark.parametrize("plain", ["bij,bjk->bik", "ij,ij->ij", "ij,j->ij", "bij,jk->bik"])
def test_an_ellipsis_stands_for_the_axes_that_numpy_puts_there(written: str, plain: str) -> None:
    key = read_einsum(plain)
    random = np.random.default_rng(5)
    operands = [random.random((3,) * len(operand)) for operand in key.operands]
    try:
        expected = np.einsum(written, *operands)
    except ValueError:
        return  # numpy refuses it for these shapes
    found = np.einsum(str(renamed(expanded(read_einsum(written), key))), *operands)
    assert np.allclose(found, expected)


def test_an_ellipsis_stays_where_the_key_has_one_or_the_axes_do_not_fit() -> None:
    form = read_einsum("...ij,...jk->...ik")
    assert expanded(form, read_einsum("...ij,...jk->...ik")) == form
    assert expanded(form, read_einsum("j,jk->k")) == form
    assert expanded(form, read_einsum("bij->b")) == form
