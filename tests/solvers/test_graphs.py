"""Computation graphs against torch, sympy, walks along every path, and a published example."""

from __future__ import annotations

from math import cos, log
from random import Random

import pytest

from solvers import graph_counts, graphs
from solvers.mistakes import graph_counts as count_mistakes
from solvers.mistakes import graphs as mistakes
from tests.routes import REFUSED, Setting, agreed, differing, outcome

UNARY = [name for name, each in graphs._OPERATIONS.items() if len(each.slopes) == 1]
BINARY = [name for name, each in graphs._OPERATIONS.items() if len(each.slopes) == 2]
# f(x1, x2) = ln x1 + x1 x2 − sin x2 at (2, 5), worked in Baydin et al. 2018, tables 2 and 3
PUBLISHED = ["input", "input", "log 1", "mul 1 2", "sin 2", "add 3 4", "sub 6 5"]


def graph(random: Random) -> Setting:
    """Up to three inputs and five operations, each on any nodes before; some have no derivative."""
    count = random.randint(1, 3)
    nodes = ["input"] * count + ["constant 0.5"] * random.randint(0, 1)
    for _ in range(random.randint(1, 5)):
        names = UNARY if random.random() < 0.4 else BINARY
        parents = random.choices(range(1, len(nodes) + 1), k=1 if names is UNARY else 2)
        nodes.append(" ".join([random.choice(names), *map(str, parents)]))
    return {
        "nodes": nodes,
        "inputs": [random.choice([-1.5, -0.3, 0.4, 1.1, 2.0, 3.0]) for _ in range(count)],
        "direction": [random.choice([-1.0, 0.0, 0.5, 1.0]) for _ in range(count)],
        "node": random.randint(1, len(nodes)),
    }


def test_values_and_both_modes_are_torchs() -> None:
    names = ["node_value", "tangent"]
    assert 40 < agreed(graphs, names, graph, 60) < 120


def test_adjoints_are_those_of_torch_and_of_sympy() -> None:
    assert 20 < agreed(graphs, ["adjoint", "gradient"], graph, 30) < 60


@pytest.mark.parametrize("name", [*UNARY, *BINARY])
def test_each_operation_has_its_derivatives(name: str) -> None:
    binary = name in BINARY
    nodes = ["input", "input", f"{name} 1 2"] if binary else ["input", f"{name} 1"]
    setting = {"nodes": nodes, "inputs": [0.7, 1.3] if binary else [0.7]}
    assert outcome(graphs.gradient, setting) != REFUSED
    assert not differing(graphs, "gradient", setting)


def test_the_published_example() -> None:
    assert graphs.node_value(PUBLISHED, [2.0, 5.0], 7) == pytest.approx(11.652, abs=5e-4)
    assert graphs.gradient(PUBLISHED, [2.0, 5.0]) == pytest.approx([5.5, 1.716], abs=5e-4)
    assert graphs.tangent(PUBLISHED, [2.0, 5.0], [1.0, 0.0], 7) == 5.5
    assert graphs.node_value(PUBLISHED, [2.0, 5.0], 3) == log(2)
    assert graphs.adjoint(PUBLISHED, [2.0, 5.0], 2) == pytest.approx(2 - cos(5))


def test_counts_of_paths_and_orders() -> None:
    def draw(random: Random) -> Setting:
        setting = graph(random)
        return {**setting, "nodes": setting["nodes"][: random.choice([4, 6, 8])], "node": 1}

    assert agreed(graph_counts, ["path_count", "topological_orders"], draw, 12) > 18


def test_small_graphs_counted_by_hand() -> None:
    ladder = ["input", "add 1 1", "add 2 2", "add 3 3"]
    assert graph_counts.path_count(ladder, 1) == 8
    assert graph_counts.topological_orders(ladder) == 1
    assert graph_counts.topological_orders(["input", "input", "mul 1 2"]) == 2
    assert graph_counts.path_count(["input", "sin 1", "constant 2"], 1) == 0  # no way to the output


def test_sweeps_agree_with_passes_of_torch() -> None:
    def draw(random: Random) -> Setting:
        sizes = {name: random.randint(0, 6) for name in ("inputs", "outputs")}
        return {**sizes, "mode": random.choice(["forward", "reverse"])}

    assert agreed(graph_counts, ["sweeps"], draw, 20) > 10


@pytest.mark.parametrize(
    ("nodes", "inputs", "told"),
    [
        ([], [], "nodes must be at least 1, found none"),
        (["input", "twice 1"], [1.0], "must be one of input, constant, add.*found 'twice 1'"),
        (["input", "add 1"], [1.0], "node 2 must name 2 of the 1 nodes before it, found 'add 1'"),
        (["input", "sin 2"], [1.0], "node 2 must name 1 of the 1 nodes before it"),
        (["input", "sin x"], [1.0], "node 2 must name 1"),
        (["input", "sin 0"], [1.0], "node 2 must name 1"),
        (["input 1"], [1.0], "inputs must be 0|nodes must be"),
        (["constant"], [], "nodes must be"),
        ([""], [], "must be one of"),
        (["input", "sin 1"], [1.0, 2.0], "inputs must be 1, one per input node, found 2"),
        (
            ["input", "log 1"],
            [-1.0],
            r"log must have a value and a derivative, found it at \[-1.0\]",
        ),
        (["input", "relu 1"], [0.0], "relu must have"),
        (["input", "max 1 1"], [2.0], "max must have"),
        (["input", "constant 0", "div 1 2"], [2.0], "div must have"),
        (["input", "constant 900", "pow 1 2"], [9.0], "pow must have"),
        (["input", "exp 1", "mul 2 2", "square 3"], [190.0], "values must be at most 1e.100"),
    ],
)
def test_bad_graphs_are_refused_by_all_routes(
    nodes: list[str], inputs: list[float], told: str
) -> None:
    with pytest.raises(ValueError, match=told):
        graphs.gradient(nodes, inputs)
    assert not differing(graphs, "gradient", {"nodes": nodes, "inputs": inputs})


def test_limits_of_counting() -> None:
    with pytest.raises(ValueError, match="nodes must be at most 8 here, found 9"):
        graph_counts.topological_orders(["input"] * 9)
    with pytest.raises(ValueError, match="nodes must be at most 16 here, found 17"):
        graph_counts.path_count(["input"] * 17, 1)
    with pytest.raises(ValueError, match="direction must have 1 entries, found 2"):
        graphs.tangent(["input"], [1.0], [1.0, 2.0], 1)


def test_mistakes_are_wrong() -> None:
    point: Setting = {"nodes": PUBLISHED, "inputs": [2.0, 5.0]}
    key = graphs.adjoint(**point, node=1)
    for wrong in (mistakes.one_use_only, mistakes.slopes_added):
        assert wrong(**point, node=1) != pytest.approx(key)
    chain: Setting = {"nodes": ["input", "sin 1", "exp 2"], "inputs": [0.5]}
    assert mistakes.local_slope_only(**chain, node=1) == cos(0.5)
    assert mistakes.local_slope_only(**chain, node=1) != graphs.adjoint(**chain, node=1)
    assert mistakes.gradient_overwritten(**point) != graphs.gradient(**point)
    way = graphs.tangent(**point, direction=[1.0, 0.0], node=7)
    for other in (mistakes.along_all_axes, mistakes.backward_for_forward):
        assert other(**point, direction=[1.0, 0.0], node=7) != pytest.approx(way)
    ladder = ["input", "add 1 1", "add 2 2"]
    assert count_mistakes.uses_counted(ladder, 1) == 2 != graph_counts.path_count(ladder, 1)
    assert count_mistakes.any_order(ladder) == 6 != graph_counts.topological_orders(ladder)
    for miscount in (
        count_mistakes.modes_exchanged,
        count_mistakes.one_pass_per_entry,
        count_mistakes.always_one_pass,
    ):
        assert miscount(5, 2, "reverse") != graph_counts.sweeps(5, 2, "reverse")


def test_a_broken_witness_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    setting: Setting = {"nodes": PUBLISHED, "inputs": [2.0, 5.0]}
    assert not differing(graphs, "gradient", setting)
    monkeypatch.setattr(graphs, "gradient_by_autograd", mistakes.gradient_overwritten)
    assert len(differing(graphs, "gradient", setting)) == 1
