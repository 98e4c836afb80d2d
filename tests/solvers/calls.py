"""Calls that every solver answers: those of the questions, else drawn by the types of the arguments."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from functools import cache
from importlib import import_module
from random import Random
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from quizkit.bank.bank import Bank
from quizkit.bank.index import Function
from quizkit.bank.solvers import SUPPLIED
from quizkit.bank.traits import varies
from quizkit.model import AnyQuestion, ClaimQuestion, Entry, Given, Value
from quizkit.variant import Compute, asked, make

Calls = dict[str, list[Given]]

DRAWS = 300
WANTED = 2  # of a solver that no question calls
DIAMOND = ["input", "square 1", "sin 1", "mul 2 3"]
CELL = {
    "inputs": [0.5],
    "hidden": [0.1],
    "input_weights": [[0.1], [0.2], [0.3], [0.4]],
    "state_weights": [[0.4], [0.3], [0.2], [0.1]],
    "offsets": [0.0, 0.1, 0.2, 0.3],
}
RUN = {
    "inputs": [[1.0, 2.0]],
    "targets": [[1.0]],
    "weights": [[[0.5, 0.25]]],
    "biases": [[0.0]],
    "activations": ["linear"],
    "loss": "half squared",
    "rate": 0.5,
    "steps": 2,
}
# Solvers that no question calls, and whose arguments have to fit each other.
WRITTEN: Calls = {
    "adversarial.jensen_shannon": [{"real": [0.5, 0.5], "generated": [0.25, 0.75]}],
    "adversarial.total_variation": [{"real": [0.5, 0.5], "generated": [0.25, 0.75]}],
    "boltzmann.joint_energy": [
        {
            "weights": [[0.5], [0.25]],
            "visible_biases": [0.1, 0.2],
            "hidden_biases": [0.3],
            "visible": [1, 0],
            "hidden": [1],
        }
    ],
    "boxes.decayed_scores": [
        {"boxes": [[0, 0, 4, 4], [1, 1, 5, 5]], "scores": [0.9, 0.8], "decay": "linear"}
    ],
    "classical.nearest_tour": [{"cities": [[0.0, 0.0], [3.0, 0.0], [3.0, 4.0], [0.0, 5.0]]}],
    "decisions.best_values": [
        {"rewards": [[1.0, 0.0], [0.0, 2.0]], "successors": [[0, 1], [1, 0]], "discount": 0.5}
    ],
    "decisions.state_values": [
        {"transitions": [[0.5, 0.5], [0.0, 1.0]], "rewards": [1.0, 2.0], "discount": 0.5}
    ],
    "graph_counts.topological_orders": [{"nodes": DIAMOND}],
    "graphs.adjoint": [{"nodes": DIAMOND, "inputs": [0.5], "node": 2}],
    "graphs.gradient": [{"nodes": DIAMOND, "inputs": [0.5]}],
    "graphs.node_value": [{"nodes": DIAMOND, "inputs": [0.5], "node": 2}],
    "graphs.tangent": [{"nodes": DIAMOND, "inputs": [0.5], "direction": [1.0], "node": 2}],
    "gru.gru_gradient": [
        {
            "inputs": [0.5],
            "hidden": [0.1],
            "input_weights": CELL["input_weights"][:3],
            "state_weights": CELL["state_weights"][:3],
            "offsets": [0.0, 0.1, 0.2],
            "state_offsets": [0.2, 0.1, 0.0],
            "slopes": [1.0],
            "by": "hidden",
            "reset": "before",
        }
    ],
    "hopfield.asynchronous_sweep": [
        {"weights": [[0.0, 1.0], [1.0, 0.0]], "state": [1, -1], "order": [1, 0]}
    ],
    "hopfield.fixed_points": [{"patterns": [[1, -1, 1]]}],
    "hopfield.synchronous_step": [{"weights": [[0.0, 1.0], [1.0, 0.0]], "state": [1, -1]}],
    "likelihoods.alignment_loss": [{"probabilities": [[0.5, 0.5], [0.25, 0.75]], "labels": [1]}],
    "likelihoods.jensen_shannon": [{"first": [0.5, 0.5], "second": [0.25, 0.75]}],
    "lstm.lstm_gates": [{**CELL, "cell": [0.2]}],
    "lstm.lstm_gradient": [
        {**CELL, "cell": [0.2], "hidden_slopes": [1.0], "cell_slopes": [0.5], "by": "cell"}
    ],
    "lstm.lstm_step": [{**CELL, "cell": [0.2]}],
    "mlp_exact_runs.exact_loss_after": [RUN],
    "mlp_exact_runs.exact_trained_biases": [{**RUN, "layer": 1}],
    "probability.naive_bayes": [{"rows": [[1, 0], [0, 1]], "labels": [1, 0], "query": [1, 1]}],
    "separability.perceptron_mistakes": [{"points": [[1, 2], [-1, 0]], "labels": [1, -1]}],
    "sequences.likeliest_path": [
        {"start": [0.5, 0.5], "transitions": [[0.75, 0.25], [0.5, 0.5]], "length": 3}
    ],
    "signal_propagation.variance_ratio": [
        {"widths": [4, 8, 2], "variances": [0.25, 0.125], "activation": "relu"}
    ],
    "traits.having": [{"options": ["relu", "tanh"], "trait": "zero-centred"}],
    "tours.two_opt": [{"cities": [[0.0, 0.0], [3.0, 0.0], [3.0, 4.0], [0.0, 5.0]]}],
}


def solvers(bank: Bank) -> dict[str, Function]:
    """The bank's functions that give keys: no witnesses, mistakes, experiments or parts of a package."""
    functions = bank.functions()
    witnesses = {
        f"{name}_by_{route}" for name, each in functions.items() for route in each.witnesses
    }
    return {
        name: each
        for name, each in functions.items()
        if name.count(".") == 1 and name not in witnesses and not each.is_experiment
    }


def calls(bank: Bank) -> Calls:
    """For each solver, calls that it answers; one that has none is missing."""
    asked = asked_calls(bank, bank.solvers.call)
    found = {name: asked[name] or unasked_calls(name, each) for name, each in solvers(bank).items()}
    return {name: givens for name, givens in found.items() if givens}


def unasked_calls(name: str, function: Function) -> list[Given]:
    """Calls of a solver that no question makes: as written above, else drawn until it answers."""
    return WRITTEN.get(name) or _drawn(name, function)


def direct(name: str) -> Callable[..., Any]:
    """The function as anyone imports it, without the engine's checks."""
    module, _, function = name.rpartition(".")
    return getattr(import_module(f"solvers.{module}"), function)  # type: ignore[no-any-return]


@cache
def types_of(name: str) -> dict[str, Any]:
    """The types that a solver declares."""
    return get_type_hints(direct(name))


def asked_calls(bank: Bank, answer: Compute) -> defaultdict[str, list[Given]]:
    """The calls that the bank's questions make for their first variant, examples and cases."""
    functions = bank.functions()
    found: defaultdict[str, list[Given]] = defaultdict(list)

    def note(name: str, given: Given) -> None:
        if name in functions and given not in found[name]:
            found[name].append(given)

    def compute(name: str, given: Given) -> Value:
        note(name, given)
        return answer(name, given)

    for id_ in bank.ids():
        entry = bank.entry(id_)
        solver = entry.question.solver
        if solver is None or not functions[solver].is_experiment:
            make(entry, 0, compute)
            for given in _stated(entry, functions[solver].parameters if solver else ()):
                note(str(solver), given)
    return found


def _stated(entry: Entry, parameters: tuple[str, ...]) -> list[Given]:
    """What a question's own solver is called with, as far as the question says so."""
    question = entry.question
    common = {**asked(question), **_supplied(question, parameters)}
    if isinstance(question, ClaimQuestion):
        cases = [question.said, question.rival] if not question.cases else []
        givens = [*cases, *(case.given for case in question.cases)]
        givens = [{**question.given, **given} for given in givens]
    else:
        givens = [each.given for each in getattr(question, "examples", ())]
        givens += [] if varies(question) else [dict(question.given)]
    called = [{**given, **common} for given in givens]
    return [{k: v for k, v in given.items() if k in parameters} for given in called]


def _supplied(question: AnyQuestion, parameters: tuple[str, ...]) -> Given:
    return {
        name: list(getattr(question, name))
        for name in SUPPLIED
        if name in parameters and hasattr(question, name)
    } | (
        {"items": list(question.pairs)}
        if "items" in parameters and hasattr(question, "pairs")
        else {}
    )


def _drawn(name: str, function: Function) -> list[Given]:
    random, found = Random(name), []
    for _ in range(DRAWS):
        size = random.choice([1, 2, 2, 3, 4])
        types = types_of(name)
        given = {each: _value(types[each], random, size) for each in function.parameters}
        try:
            direct(name)(**given)
        except ValueError:
            continue
        found.append(given)
        if len(found) == WANTED:
            break
    return found


def _value(kind: Any, random: Random, size: int) -> Any:
    """A value of this type; lists are all of one length, so that they fit each other."""
    origin, of = get_origin(kind), get_args(kind)
    if origin is Literal:
        return random.choice(of)
    if origin in (UnionType, Union):
        return _value(random.choice([each for each in of if each is not NoneType]), random, size)
    if origin is list:
        return [_value(of[0], random, size) for _ in range(size)]
    plain: dict[Any, Any] = {
        bool: random.random() < 0.5,
        int: random.choice([1, 2, 3, 4, 6, 8]),
        float: round(random.choice([1, 1, 3]) * random.random(), 2),
        str: random.choice("ab"),
    }
    return plain[kind]
