"""What holds for every report: spans lie in the text, ids and chains are whole, the same text gives the same table."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from standoff.actors import resolve
from standoff.actors.table import FORMS
from standoff.language import parse

PIECES = st.sampled_from(
    [
        "Russia",
        "the Syrian opposition",
        "the regime",
        "Damascus",
        "President Ann Lee",
        "Lee",
        "she",
        "they",
        "it",
        "State Department spokesman John Reed",
        "the union",
        "Dockers Union (DU)",
        "of",
        "and",
        "'s",
        ",",
        ".",
        "-",
        "\n\n",
        "said",
        "met",
        "in Geneva",
        "U.S.-led",
        "opposition-rebel bloc",
        "🙂",
        "e\u0301lan",
        "\u200fשלום",
        "“we”",
        "for",
        "a source close to the talks",
        "which",
        "MOSCOW -",
        "(Reporting by A. B.)",
        "\r\n",
        "\u00a0",
    ]
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(PIECES, max_size=25), st.sampled_from([" ", "", "\u00a0"]))
def test_every_table_is_whole(pieces: list[str], gap: str) -> None:
    text = gap.join(pieces)
    table = resolve(parse(text))
    ids = [actor.id for actor in table.actors]
    assert ids == [f"a{number}" for number in range(1, len(ids) + 1)]
    assert [m.start for m in table.mentions] == sorted(m.start for m in table.mentions)
    for mention in table.mentions:
        assert 0 <= mention.start < mention.end <= len(text)
        assert mention.actor in ids and mention.form in FORMS
        assert table.actor_at(mention.start, mention.end) in [*ids, None]
    for actor in table.actors:
        assert actor.of is None or actor.of in ids
        assert actor.id not in table.chain(actor.id)[1:]
        assert table.party_of(actor.id) in ids
        spans = {(m.start, m.end) for m in table.mentions if m.actor == actor.id and m.form != "pronoun"}
        assert set(actor.mentions) == spans
    assert set(table.actors_in(0, len(text))) <= set(ids)
    assert resolve(parse(text)) == table
