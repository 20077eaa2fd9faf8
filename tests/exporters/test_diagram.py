"""The diagram can be read: boxes apart, zones apart, every node in its zone, arrows that touch their boxes; the same on every run."""

from __future__ import annotations

import re
from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from threat_modeling.exporters.diagram.from_dfd import MAX_NODES, graph_of
from threat_modeling.exporters.diagram.graph import Edge, Graph, Node, collapse, merged
from threat_modeling.exporters.diagram.layout import layout
from threat_modeling.exporters.diagram.shapes import picture


def apart(one, other):
    return one.x + one.width <= other.x or other.x + other.width <= one.x or one.y + one.height <= other.y or other.y + other.height <= one.y


def within(inner, outer):
    return (
        outer.x <= inner.x
        and outer.y <= inner.y
        and inner.x + inner.width <= outer.x + outer.width
        and inner.y + inner.height <= outer.y + outer.height
    )


@st.composite
def graphs(draw):
    number = draw(st.integers(1, 60))
    kinds = st.sampled_from(["external", "process", "store"])
    zones = st.sampled_from(["outside", "app", "data", "admin"])
    nodes = tuple(Node(f"n{i:02}", f"node {i}", draw(kinds), draw(zones)) for i in range(number))
    place = st.integers(0, number - 1)
    pairs = draw(st.lists(st.tuples(place, place), max_size=90))
    edges = [Edge(nodes[a].id, nodes[b].id, (f"DF-{a}",)) for a, b in pairs]
    return Graph(nodes, merged(edges), {"outside": "Outside", "app": "Application", "data": "Data"})


@settings(max_examples=60, deadline=None)
@given(graphs())
def test_nothing_overlaps_and_everything_is_inside(graph):
    placed = layout(graph)
    assert set(placed.nodes) == {node.id for node in graph.nodes}
    assert all(apart(a, b) for a, b in combinations(placed.nodes.values(), 2))
    assert all(apart(a, b) for a, b in combinations(placed.zones.values(), 2))
    assert all(within(placed.nodes[node.id], placed.zones[node.zone]) for node in graph.nodes)
    assert max(box.x + box.width for box in placed.zones.values()) <= placed.width


@settings(max_examples=30, deadline=None)
@given(graphs())
def test_the_same_graph_gives_the_same_picture_whatever_the_order_of_its_nodes(graph):
    turned = Graph(tuple(reversed(graph.nodes)), graph.edges, graph.zones)
    assert layout(graph).nodes == layout(turned).nodes
    assert picture(graph) == picture(graph)


def test_a_flow_goes_from_left_to_right():
    nodes = (Node("u", "user", "external", "out"), Node("a", "api", "process", "app"), Node("d", "db", "store", "data"))
    placed = layout(Graph(nodes, (Edge("u", "a"), Edge("a", "d")), {}))
    assert placed.nodes["u"].x < placed.nodes["a"].x < placed.nodes["d"].x


def test_text_from_code_never_reaches_the_layout():
    hostile = '"];}<b>'
    nodes = (Node(hostile, hostile, "process", hostile), Node("b", hostile, "store", "data"))
    drawn = picture(Graph(nodes, (Edge(hostile, "b", (hostile,)),), {hostile: hostile}))
    assert [shape.bold for shape in drawn.nodes] == [(hostile,), (hostile,)]
    assert drawn.edges[0].label == hostile


def test_an_arrow_goes_around_a_box_between_its_ends():
    nodes = tuple(Node(name, name, "process", "app") for name in "abc")
    drawn = picture(Graph(nodes, (Edge("a", "b"), Edge("a", "c"), Edge("b", "c")), {}))
    boxes = {shape.node.id: shape.box for shape in drawn.nodes}
    (around,) = [edge for edge in drawn.edges if (edge.edge.source, edge.edge.target) == ("a", "c")]
    heights = [float(y) for y in re.findall(r" (-?[\d.]+)(?:,|$| C)", around.d)]
    assert min(heights) < boxes["b"].y or max(heights) > boxes["b"].y + boxes["b"].height


def test_a_loop_of_flows_is_drawn():
    nodes = tuple(Node(name, name, "process", "app") for name in "abc")
    assert len(picture(Graph(nodes, (Edge("a", "b"), Edge("b", "c"), Edge("c", "a")), {})).edges) == 3


def test_edges_between_the_same_two_nodes_are_one():
    (edge,) = merged([Edge("a", "b", ("DF-1",)), Edge("a", "b", ("DF-2", "DF-1"), crosses=True), Edge("a", "a", ("DF-3",))])
    assert edge == Edge("a", "b", ("DF-1", "DF-2"), crosses=True)


def test_too_many_nodes_are_collapsed_the_weightiest_stay_and_no_edge_is_lost():
    nodes = tuple(Node(f"n{i:03}", f"node {i}", "process" if i % 2 else "store", "app", weight=1000 if i == 150 else 0) for i in range(200))
    edges = merged([Edge(nodes[i].id, nodes[(i * 7 + 1) % 200].id) for i in range(200)])
    small = collapse(Graph(nodes, edges, {}), MAX_NODES)
    assert len(small.nodes) <= MAX_NODES
    assert "n150" in {node.id for node in small.nodes}
    assert small.collapsed == 200 - (len(small.nodes) - 2)
    known = {node.id for node in small.nodes}
    assert all({edge.source, edge.target} <= known for edge in small.edges)


def test_nodes_carry_their_open_threats_and_link_to_the_worst(document):
    graph = graph_of(document.threats.dfd, document.threats.threat_model.threats)
    api = next(node for node in graph.nodes if node.id == "api")
    assert (api.badge, api.tone, api.link) == ("3", "critical", "#T-001")
    assert [edge.crosses for edge in graph.edges] == [True, False]


def test_many_of_one_kind_make_no_tower():
    nodes = tuple(Node(f"n{i:02}", "x", "store", "data") for i in range(30))
    placed = layout(Graph(nodes, (), {}))
    assert placed.width > placed.height / 2
