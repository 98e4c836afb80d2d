"""Sums, products and extremes over an index: mathematics, Python and computer algebra."""

from __future__ import annotations

from quizkit.values.expressions.brackets import Brackets
from quizkit.values.expressions.scanner import Token
from quizkit.values.expressions.tree import Call, Name, Node, call, number, rebuilt, walk
from quizkit.values.numbers import Unreadable


class Sums(Brackets):
    """Readers for what runs over an index."""

    def over(self, function: str) -> Node:
        """`\\sum_{i=1}^{n} x_i`: an index, its range, and the term after it."""
        start: Node = number(1)
        is_stopped = bool(self.accept("^"))
        stop = self.exponent() if is_stopped else self.words.count()
        self.expect("_")
        is_group = bool(self.accept("{", "("))
        index = self.index_name()
        if is_group:
            if self.accept("="):
                start, stop = self.sum(), stop if is_stopped else Name("")
            if self.token.text not in ("}", ")"):
                raise Unreadable("expected a range such as i=1", self.token.at)
            self.at += 1
        if not is_stopped and self.accept("^"):
            stop = self.exponent()
        if stop == Name(""):
            raise Unreadable(
                "expected the upper end of the sum, as in sum_{i=1}^{n}", self.token.at
            )
        self.words.bound.append(index)
        body = self.term()
        self.words.bound.remove(index)
        return call(f"{function} over", body, Name(index), start, stop)

    def free_indices(self, body: Node) -> list[str]:
        """The letters that index families in the term and are not bound yet."""
        places = [
            place
            for each in walk(body)
            if isinstance(each, Call) and each.function == "index"
            for place in each.arguments[1:]
        ]
        names = {each.name for place in places for each in walk(place) if isinstance(each, Name)}
        return sorted(names & self.words.indices - set(self.words.bound))

    def over_its_index(self, function: str, body: Node, token: Token) -> Node:
        """`∑ y_i log p_i`: a sum over the one index that its term has."""
        letters = self.free_indices(body)
        if len(letters) != 1:
            raise Unreadable("expected the index of the sum, as in sum_{i=1}^{n}", token.at)
        return call(f"{function} over", body, Name(letters[0]), number(1), self.words.count())

    def index_name(self) -> str:
        """The letter that runs."""
        token = self.take()
        if token.kind != "name" or len(token.text) > 2 or not token.text.isascii():
            raise Unreadable("expected an index such as i", token.at)
        return token.text

    def generates(self) -> bool:
        """Whether these brackets hold `... for i in range(n)`."""
        depth = 1
        for token in self.tokens[self.at :]:
            depth += (token.text in ("(", "[", "{", "\\{")) - (token.text in (")", "]", "}", "\\}"))
            if depth == 0:
                return False
            if depth == 1 and token.kind == "name" and token.text == "for":
                return self.words.is_keyword("for")
        return False

    def ranges(self) -> int:
        """Where the comma stands before `(k, 1, n)` or `k, 1, n`; 0 if there is no such range."""
        depth, commas = 1, []
        for place in range(self.at, len(self.tokens)):
            text = self.tokens[place].text
            depth += (text in ("(", "[", "{", "\\{")) - (text in (")", "]", "}", "\\}"))
            if depth == 0:
                break
            if depth == 1 and text == ",":
                commas.append(place)
        if len(commas) not in (1, 3):
            return 0
        after = self.tokens[commas[0] + 1 : commas[0] + 4]
        if len(after) < 3:
            return 0
        is_inner = len(commas) == 1 and after[0].text == "("
        letter, comma = (after[1:3] if is_inner else after[0:2])[:2]
        is_range = letter.kind == "name" and comma.text == "," and (is_inner or len(commas) == 3)
        return commas[0] if is_range else 0

    def ranged(self, function: str, comma: int) -> Node:
        """`Sum(k^2, (k, 1, n))`, as computer algebra writes it."""
        body_at, self.at = self.at, comma + 1
        is_inner = bool(self.accept("("))
        index = self.index_name()
        self.expect(",")
        start = self.sum()
        self.expect(",")
        stop = self.sum()
        if is_inner:
            self.expect(")")
        after, self.at = self.at, body_at
        self.words.bound.append(index)
        body = self.sum()
        self.words.bound.remove(index)
        if self.at != comma:
            raise Unreadable("expected a comma after the term", self.token.at)
        self.at = after
        return call(f"{function} over", body, Name(index), start, stop)

    def generated(self, function: str) -> Node:
        """Python's `sum(x[i] for i in range(n))`."""
        place = next(n for n, each in enumerate(self.tokens) if n >= self.at and each.text == "for")
        body_at, self.at = self.at, place + 1
        index = self.index_name()
        self.expect("in")
        if self.take().text != "range":
            raise Unreadable("expected range(...)", self.tokens[self.at - 1].at)
        self.expect("(")
        ends, _ = self.items(")")
        self.expect(")")
        after, self.at = self.at, body_at
        if not 1 <= len(ends) <= 2:
            raise Unreadable("expected range(stop) or range(start, stop)", self.token.at)
        self.words.bound.append(index)
        body = self.sum()
        self.words.bound.remove(index)
        if self.at != place:
            raise Unreadable("expected for after the term", self.token.at)
        self.at = after
        start = ends[0] if len(ends) == 2 else number(0)
        if start == number(0) and self.readings.taken(self.tokens[place].at, "from 0"):
            body = _from_zero(body, Name(index))
        return call(f"{function} over", body, Name(index), start, call("-", ends[-1], number(1)))


def _from_zero(body: Node, index: Name) -> Node:
    """The term with x_{i+1} for x_i: the first element is that with the number 0, as in `x[i]`."""

    def change(node: Node) -> Node:
        if not isinstance(node, Call) or node.function != "index" or index not in node.arguments:
            return node
        base, *places = node.arguments
        moved = (call("+", each, number(1)) if each == index else each for each in places)
        return Call("index", (base, *moved))

    return rebuilt(body, change)
