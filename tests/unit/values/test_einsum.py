"""Einsum subscripts; numpy's einsum on small random arrays is the second route."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest

from quizkit.values.einsum import canonical, read_einsum
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
    "text",
    ["", "->", "ij->k", "ij->ii", "i1,j->ij", "i+j", "ij,jk->ik;", "i" * 301, "a," * 9, "\x00"],
)
def test_what_is_no_subscripts_is_unreadable(text: str) -> None:
    with pytest.raises(Unreadable) as found:
        read_einsum(text)
    assert 0 <= found.value.misread.position <= len(text)
    assert found.value.misread.problem.isprintable()
