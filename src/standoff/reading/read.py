"""One report in, its ledger out: the order in which the rooms of the reading are walked through."""

from concurrent.futures import ThreadPoolExecutor

from standoff.actors import ActorTable, KnownActor, resolve
from standoff.language import parse
from standoff.ledger import Actor, Ledger, Statement
from standoff.reading.conditions import judged
from standoff.reading.dates import read_dates
from standoff.reading.enrolment import Enrolment
from standoff.reading.layout import lines_of, turns_of
from standoff.reading.meetings.trained import read_meetings
from standoff.reading.places import read_places
from standoff.reading.positions import read_positions
from standoff.reading.preconditions import read_preconditions
from standoff.reading.relevance import is_negotiation
from standoff.reading.speakers import attributed, with_speakers
from standoff.reading.stances import read_stances
from standoff.reading.stances.surroundings import surroundings
from standoff.reading.statements import encode
from standoff.reading.turn_speakers import with_turn_speakers
from standoff.reading.unnamed import with_unnamed_sources
from standoff.reading.voices import voices_of
from standoff.report import Report


def read(report: Report, known: tuple[KnownActor, ...] = (), pipeline: str | None = None) -> Ledger:
    """Read one report into its ledger.

    known: actors that the user names beforehand (`standoff.actors.load_known`). pipeline: the name of an installed
    language pipeline to use instead of the default. The same report gives the same ledger. Positions and preconditions
    are read only from reports of a negotiation; statements, actors and dated meetings from every report.
    Raises ModelError if a model is missing or damaged.
    """
    with ThreadPoolExecutor(1) as beside:  # the two long stages need nothing of each other
        encoded = beside.submit(encode, report.text)
        parsed = parse(report.text, pipeline)
        encoding = encoded.result()
    actors = with_turn_speakers(resolve(parsed, known), turns_of(report.text, lines_of(report.text)))
    dates = read_dates(parsed, report.published)
    attributions = attributed(parsed, encoding)
    actors = with_unnamed_sources(parsed, actors, attributions)
    statements = with_speakers(parsed, actors, dates, attributions)
    meetings = read_meetings(parsed, actors, dates, read_places(parsed), report.published)
    if not is_negotiation(parsed):
        return Ledger(report, _entered(actors, actors.actors, statements), statements, (), (), meetings)
    voices = voices_of(parsed, actors, statements)
    enrolment = Enrolment(actors, report.text)
    stances = read_stances(parsed, statements, voices, encoding)
    ruled = read_preconditions(parsed, actors, statements)
    preconditions = judged(surroundings(parsed, voices, statements), ruled)
    positions = read_positions(parsed, voices, enrolment, stances, preconditions)
    entered = _entered(actors, enrolment.actors, statements)
    return Ledger(report, entered, statements, positions, preconditions, meetings)


def _entered(table: ActorTable, actors: tuple[Actor, ...], statements: tuple[Statement, ...]) -> tuple[Actor, ...]:
    """The actors without those that only count others ("the two sides") and speak nowhere: entries name the others."""
    speaking = {statement.speaker for statement in statements}
    return tuple(actor for actor in actors if actor.id not in table.members or actor.id in speaking)
