"""Conditions without "if" or "until": one way of telling them a line."""

import pytest

from standoff.actors import resolve
from standoff.language import parse
from standoff.reading.dates import read_dates
from standoff.reading.preconditions import read_preconditions
from standoff.reading.speakers import read_statements
from standoff.reading.statements import encode


def told(sentences: str) -> set[tuple[str, str, str]]:
    """Holder, gate and requirement of what the rules read, before the judge."""
    text = f"The two sides are in peace talks on a truce deal. {sentences}"
    parsed = parse(text)
    actors = resolve(parsed)
    statements = read_statements(parsed, actors, read_dates(parsed, "2016-02-10"), encode(text))
    found = read_preconditions(parsed, actors, statements)
    return {(actors.get(c.holder).name, text[slice(*c.gate)], text[slice(*c.requirement)]) for c in found}


@pytest.mark.parametrize(
    ("text", "entry"),
    [
        (
            "Greece has linked its vote to a cut in tariffs.",
            ("Greece", "its vote", "a cut in tariffs"),
        ),
        (
            "Turkey said further loans were tied to the return of the ships and to a new lease.",
            ("Turkey", "further loans", "a new lease"),
        ),
        (
            "Turkey has made its approval subject to a permanent rebate.",
            ("Turkey", "its approval", "a permanent rebate"),
        ),
        (
            "Turkey made the release of four sailors a condition for ending its blockade.",
            ("Turkey", "ending its blockade", "the release of four sailors"),
        ),
        (
            "Turkey wants an audit of the port as a first step towards any talks on fees.",
            ("Turkey", "any talks on fees", "an audit of the port"),
        ),
        (
            "Turkey said any settlement must include a halt to patrols and a new border line.",
            ("Turkey", "any settlement", "a new border line"),
        ),
        (
            "Turkey said a return to the old fees would require a written apology.",
            ("Turkey", "a return to the old fees", "a written apology"),
        ),
        (
            "Turkey said that the list would open the way to a release of the sailors.",
            ("Turkey", "a release of the sailors", "the list"),
        ),
        (
            "Turkey insisted that relief on the debt must come before any new taxes.",
            ("Turkey", "any new taxes", "relief on the debt"),
        ),
        (
            "Turkey said a common plan would have to be agreed before any exchange of quotas.",
            ("Turkey", "any exchange of quotas", "a common plan would have to be agreed"),
        ),
        (
            "Turkey said there could be no truce without an end to the blockade.",
            ("Turkey", "no truce", "an end to the blockade"),
        ),
        (
            "Without a written guarantee there will be no ferry service, Turkey said.",
            ("Turkey", "no ferry service", "a written guarantee"),
        ),
        (
            "Turkey said a lower fee was out of the question without access to the books.",
            ("Turkey", "a lower fee", "access to the books"),
        ),
        (
            "Turkey said a return to talks was not possible without the prisoners being freed.",
            ("Turkey", "a return to talks", "the prisoners being freed"),
        ),
        (
            "Turkey will release the crew pending a ruling by the court in Lund.",
            ("Turkey", "release the crew", "a ruling by the court in Lund"),
        ),
        (
            "Turkey would accept a new tax only as part of a deal that covers the debt, it said.",
            ("Turkey", "accept a new tax", "a deal that covers the debt"),
        ),
        (
            "Turkey said Greece must withdraw its boats, otherwise it would close the strait.",
            ("Turkey", "it would close the strait", "withdraw its boats"),
        ),
        (
            '"Free our sailors or we will close the strait," Turkey said.',
            ("Turkey", "we will close the strait", "Free our sailors"),
        ),
        (
            '"No list, no talks," Turkey said.',
            ("Turkey", "talks", "list"),
        ),
        (
            '"We want a signed pledge first, then we can speak about fees," Turkey said.',
            ("Turkey", "speak about fees", "a signed pledge"),
        ),
        (
            "Turkey said it was impossible to negotiate while its ports were being shelled.",
            ("Turkey", "negotiate", "its ports were being shelled"),
        ),
        (
            "Turkey said that a truce was possible provided Greece withdrew its boats.",
            ("Turkey", "a truce", "Greece withdrew its boats"),
        ),
        (
            "Turkey said its patrols would go on until the boats were withdrawn.",
            ("Turkey", "its patrols would go on", "the boats were withdrawn"),
        ),
        (
            "The Turkish navy would free the sailors if Greece paid for the ships, a mediator said.",
            ("Turkey", "free the sailors", "Greece paid for the ships"),
        ),
        (
            "Any change must be the result of a vote and a new law, Turkey said.",
            ("Turkey", "Any change", "a new law"),
        ),
        (
            "Turkey warned that Greece would face a boycott if it fired at boats again.",
            ("Turkey", "face a boycott", "it fired at boats again"),
        ),
        (
            "Turkey is against opening talks until Greece has let its ships into port.",
            ("Turkey", "opening talks", "Greece has let its ships into port"),
        ),
        (
            "Turkey has refused a truce before a withdrawal of the army.",
            ("Turkey", "a truce", "a withdrawal of the army"),
        ),
        (
            "Turkey will release the sailors when its ship is returned, it said on Tuesday.",
            ("Turkey", "release the sailors", "its ship is returned"),
        ),
        (
            "Turkey will sign only if Greece halts its raids and the army leaves the port.",
            ("Turkey", "sign", "the army leaves the port"),
        ),
        (
            "It will not give up its claim before a court has ruled, a spokeswoman for Turkey said.",
            ("Turkey", "give up its claim", "a court has ruled"),
        ),
    ],
)
def test_a_way_of_telling_gives_gate_and_requirement(text: str, entry: tuple[str, str, str]) -> None:
    assert entry in told(text)


@pytest.mark.parametrize(
    "text",
    [
        "Turkey is heavily dependent on gas from Russia.",
        "The price of oil is a worry for Turkey.",
        "Turkey declined to comment while the talks went on.",
        "Turkey said it needed to leave or sell the port.",
        "The deal must include a halt to patrols, Turkey said.",
        "If Russia leaves, it would lose its main market.",
        "The strike will last until late Monday, Turkey said.",
        "Turkey sold the port only weeks after it had bought it.",
        "Turkey will meet Greece when leaders gather in Paris, it said.",
        "Turkey wants to keep the promise before the year ends.",
    ],
)
def test_what_only_looks_like_a_condition_is_none(text: str) -> None:
    assert told(text) == set()


def test_what_is_told_of_a_source_does_not_set_its_condition() -> None:
    holders = {
        holder
        for holder, _, _ in told(
            "Greece, founded in Russia last year and grouping friends of China, said talks cannot begin until raids "
            "are halted."
        )
    }
    assert holders == {"Greece"}


def test_joint_speakers_each_set_their_condition() -> None:
    found = told("Turkey and Greece said talks cannot begin until raids are halted.")
    assert {holder for holder, _, _ in found} == {"Turkey", "Greece"}
