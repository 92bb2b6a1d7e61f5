"""Any tree can be written as a query that is that tree again."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from search.query.nodes import And, Fuzzy, Near, Node, Not, Or, Phrase, Prefix, Range, Term
from search.query.syntax import parse

WORDS = st.text("abcdefgh", min_size=1, max_size=6)
FIELDS = st.sampled_from([None, "headline", "said", "speaker"])
SEVERAL = st.lists(WORDS, min_size=2, max_size=3).map(tuple)
LEAVES: st.SearchStrategy[Node] = st.one_of(
    st.builds(Term, FIELDS, WORDS),
    st.builds(Phrase, FIELDS, SEVERAL),
    st.builds(Near, FIELDS, SEVERAL, st.integers(0, 100)),
    st.builds(Prefix, FIELDS, WORDS),
    st.builds(Fuzzy, FIELDS, WORDS, st.integers(1, 2)),
)
TREES = st.recursive(
    LEAVES,
    lambda nodes: st.one_of(
        st.lists(nodes, min_size=2, max_size=3).map(lambda children: And(tuple(children))),
        st.lists(nodes, min_size=2, max_size=3).map(lambda children: Or(tuple(children))),
        nodes.map(Not),
    ),
    max_leaves=12,
).filter(lambda node: normal(node))


def normal(node: Node) -> bool:
    """Whether a tree is as the parser makes it: nothing nested in its like."""
    if isinstance(node, Not):
        return not isinstance(node.child, Not) and normal(node.child)
    if isinstance(node, And | Or):
        return all(not isinstance(child, type(node)) and normal(child) for child in node.children)
    return True


def printed(node: Node) -> str:
    """The tree as a query."""
    if isinstance(node, Not):
        return f"NOT {printed(node.child)}"
    if isinstance(node, And | Or):
        operator = " AND " if isinstance(node, And) else " OR "
        return f"({operator.join(map(printed, node.children))})"
    if isinstance(node, Range):
        return f"{node.field}:{node.start or ''}..{node.end or ''}"
    field = f"{node.field}:" if node.field else ""
    if isinstance(node, Phrase | Near):
        return f'{field}"{" ".join(node.words)}"' + (f"~{node.distance}" if isinstance(node, Near) else "")
    ending = "*" if isinstance(node, Prefix) else f"~{node.distance}" if isinstance(node, Fuzzy) else ""
    return f"{field}{node.text}{ending}"


@given(TREES)
def test_a_tree_written_as_a_query_is_that_tree_again(node: Node) -> None:
    for match in ("all", "any"):
        parsed = parse(printed(node), "any" if match == "any" else "all")
        assert (parsed.node, parsed.diagnostics) == (node, ())
