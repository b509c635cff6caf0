"""Meetings of a report: each test is a short report in our own words."""

import pytest

from standoff.actors import resolve
from standoff.language import parse
from standoff.ledger import Meeting
from standoff.reading.dates import read_dates
from standoff.reading.meetings import read_meetings
from standoff.reading.places import read_places

THURSDAY = "2016-01-28"


def read(text: str, published: str | None = THURSDAY) -> tuple[tuple[Meeting, ...], dict[str, str]]:
    parsed = parse(text)
    actors = resolve(parsed)
    found = read_meetings(parsed, actors, read_dates(parsed, published), read_places(parsed), published)
    return found, {actor.id: actor.name for actor in actors.actors}


def one(text: str, published: str | None = THURSDAY) -> tuple[Meeting, set[str], str]:
    """The only meeting, the names of those who take part, and its quote."""
    (meeting,), names = read(text, published)
    return meeting, {names[p] for p in meeting.participants}, text[slice(*meeting.evidence)]


def test_a_planned_meeting_with_day_place_and_persons() -> None:
    text = "John Kerry and Sergei Lavrov will meet in Zurich on February 3 to compare notes."
    meeting, who, quote = one(text)
    assert (meeting.kind, meeting.status) == ("meeting", "planned")
    assert (meeting.start, meeting.place) == ("2016-02-03", "Zurich")
    assert who == {"John Kerry", "Sergei Lavrov"}
    assert quote.startswith("John Kerry and Sergei Lavrov will meet in Zurich on February 3")
    assert meeting.country == "CH" and meeting.latitude is not None


def test_a_held_meeting_names_the_parties_as_the_text_does() -> None:
    meeting, who, _ = one("Russia and Turkey held talks in Ankara on Tuesday.")
    assert (meeting.kind, meeting.status, meeting.start, meeting.place) == ("talks", "held", "2016-01-26", "Ankara")
    assert who == {"Russia", "Turkey"}


def test_talks_due_to_begin_are_planned() -> None:
    meeting, _, _ = one("The union will attend wage talks due to begin in Newark on Friday.")
    assert (meeting.status, meeting.start, meeting.place) == ("planned", "2016-01-29", "Newark")


def test_talks_that_collapsed_failed() -> None:
    meeting, who, _ = one("Talks between France and Germany in Vienna collapsed on Wednesday.")
    assert (meeting.status, meeting.start, meeting.place) == ("failed", "2016-01-27", "Vienna")
    assert who == {"France", "Germany"}


def test_a_meeting_called_off_is_cancelled() -> None:
    meeting, _, _ = one("Iran called off a meeting with Turkey in Istanbul that was set for Friday.")
    assert meeting.status == "cancelled"


def test_talks_that_had_been_scheduled_and_were_cancelled_are_cancelled() -> None:
    meeting, _, _ = one("Talks that had been scheduled for Tuesday in Leeds were cancelled by the union.")
    assert meeting.status == "cancelled"


def test_talks_that_had_been_due_are_postponed() -> None:
    meeting, _, _ = one("Peace talks between Sudan and Ethiopia had been due to start in Cairo on Monday.")
    assert meeting.status == "postponed"


def test_after_talks_with_somebody_means_that_they_were_held() -> None:
    meeting, who, _ = one("John Kerry said on Tuesday after talks with Saudi Arabia in Riyadh that he was hopeful.")
    assert (meeting.kind, meeting.status, meeting.start) == ("talks", "held", "2016-01-26")
    assert who == {"John Kerry", "Saudi Arabia"}


def test_a_call_of_two_persons_has_no_place() -> None:
    meeting, who, _ = one("Angela Merkel spoke to Vladimir Putin by phone on Monday.")
    assert (meeting.kind, meeting.status, meeting.start, meeting.place) == ("call", "held", "2016-01-25", None)
    assert who == {"Angela Merkel", "Vladimir Putin"}


def test_mentions_of_the_same_talks_are_one_entry() -> None:
    meeting, _, quote = one(
        "Peace talks between Russia and Ukraine will begin in Minsk on Friday. The talks are expected to last a week. "
        "Russia said it was ready to attend the talks."
    )
    assert (meeting.start, meeting.place) == ("2016-01-29", "Minsk")
    assert "Minsk" in quote


def test_two_meetings_on_two_days_stay_two() -> None:
    found, _ = read("France and Germany met in Paris on Monday. France and Germany will meet in Berlin on Friday.")
    assert [(m.id, m.status, m.place) for m in found] == [("m1", "held", "Paris"), ("m2", "planned", "Berlin")]


def test_a_failure_early_in_the_month_is_not_the_meeting_of_a_later_day() -> None:
    found, _ = read(
        "Talks between Sudan and Ethiopia in Cairo in early January collapsed. "
        "Sudan and Ethiopia met in Cairo on Tuesday."
    )
    assert [(m.status, m.start) for m in found] == [("failed", "2016-01"), ("held", "2016-01-26")]


def test_the_day_of_the_saying_is_not_the_day_of_the_meeting() -> None:
    meeting, _, _ = one("Turkey said on Tuesday it would attend talks in Vienna on Saturday.")
    assert (meeting.start, meeting.status) == ("2016-01-30", "planned")


def test_talks_with_two_others_are_two_meetings() -> None:
    found, _ = read("Russia will hold talks with Turkey on Friday. Russia will hold talks with Iran on Saturday.")
    assert [m.start for m in found] == ["2016-01-29", "2016-01-30"]


def test_a_resolution_that_was_passed_is_a_vote() -> None:
    meeting, who, _ = one("The steps stand in a U.N. Security Council resolution passed in December.")
    assert (meeting.kind, meeting.status, meeting.start) == ("vote", "held", "2015-12")
    assert who == {"U.N. Security Council"}


def test_a_topic_is_no_party() -> None:
    meeting, who, _ = one("Russia and Iran will hold Syria talks in Astana on Friday.")
    assert meeting.place == "Astana" and who == {"Russia", "Iran"}


def test_a_week_within_a_month_is_known_to_the_month_and_no_day_is_guessed() -> None:
    meeting, _, _ = one("Turkey and Greece met in Athens last week.")
    assert (meeting.start, meeting.end) == ("2016-01", None)


def test_what_is_called_for_or_can_be_met_without_meeting_is_no_meeting() -> None:
    for text in (
        "France called for talks.",
        "The bank failed to meet the demands on Friday.",
        "The minister told a news conference in Paris on Monday that the price was right.",
        "If France and Germany met, all would be well.",
        "Russia held talks with Turkey.",
    ):
        assert read(text)[0] == ()


def test_without_a_day_of_publication_nothing_relative_is_dated() -> None:
    meeting, _, _ = one("John Kerry will meet Sergei Lavrov in Zurich on Wednesday.", None)
    assert (meeting.start, meeting.status) == (None, "planned")


def test_every_quote_lies_in_the_text() -> None:
    text = "🕊 Überblick\r\n\r\nFrance and Germany met in Zürich on Monday.\u00a0They will meet in Paris on Friday."
    found, _ = read(text)
    assert found and all(0 <= m.evidence[0] < m.evidence[1] <= len(text) for m in found)


def test_undated_talks_of_two_named_parties_are_ongoing() -> None:
    meeting, who, _ = one("France and Germany are in talks on a new railway line.")
    assert (meeting.kind, meeting.status, meeting.start, meeting.place) == ("talks", "ongoing", None, None)
    assert who == {"France", "Germany"}


def test_a_journey_told_on_its_day_is_a_visit_under_way() -> None:
    meeting, who, _ = one("John Kerry flew to Ankara on Thursday.")
    assert (meeting.kind, meeting.status, meeting.start, meeting.place) == ("visit", "ongoing", THURSDAY, "Ankara")
    assert who == {"John Kerry"}


def test_leaders_stand_for_those_they_lead() -> None:
    _, who, _ = one("The leaders of France and Germany met in Vienna on Tuesday.")
    assert who == {"France", "Germany"}


def test_a_town_before_the_noun_is_where_the_talks_are() -> None:
    meeting, _, _ = one("The Vienna talks between Russia and Turkey resumed on Tuesday.")
    assert (meeting.place, meeting.start) == ("Vienna", "2016-01-26")


def test_talks_spoken_of_right_after_them_were_on_the_day_of_the_report() -> None:
    meeting, who, _ = one("John Kerry told reporters after a meeting with Sergei Lavrov that much was left to do.")
    assert (meeting.status, meeting.start) == ("held", THURSDAY)
    assert who == {"John Kerry", "Sergei Lavrov"}


def test_a_collapse_of_talks_means_that_they_failed() -> None:
    meeting, _, _ = one("Both recall the collapse of talks between Russia and Turkey in 2014.")
    assert (meeting.status, meeting.start) == ("failed", "2014")


def test_who_walks_out_leaves_talks_that_go_on() -> None:
    meeting, who, _ = one("Turkey, which walked out of negotiations in Geneva, blames nobody.")
    assert (meeting.status, meeting.place) == ("ongoing", "Geneva")
    assert "Turkey" in who


def test_the_month_before_the_noun_is_its_date() -> None:
    meeting, _, _ = one("Britain will decide in a June referendum.")
    assert (meeting.kind, meeting.start) == ("vote", "2016-06")


def test_hosting_is_a_meeting_only_with_a_named_guest() -> None:
    meeting, who, _ = one("Angela Merkel will host Francois Hollande in Berlin on Friday.")
    assert (meeting.start, who) == ("2016-01-29", {"Angela Merkel", "Francois Hollande"})
    assert read("Berlin will host an exhibition on Friday.")[0] == ()


def test_a_short_sentence_is_quoted_whole() -> None:
    text = "Late on Wednesday the ministry confirmed that Russia and Turkey will hold talks in Ankara on Friday."
    assert one(text)[2] == text[:-1]


@pytest.mark.parametrize(
    ("text", "start", "status"),
    [
        ("OSLO – Talks on wages that should have opened on Thursday have been postponed to February 4, he announced.",
         "2016-02-04", "postponed"),
        ("Wage talks in Leeds, due to begin on Thursday, were put off until Monday.", "2016-02-01", "postponed"),
        ("The talks in Leeds, which were to open on Friday, have been moved to February 4.", "2016-02-04", "postponed"),
        ("The mediator delayed the talks in Leeds from January 29 to February 4.", "2016-02-04", "postponed"),
        ("The start of talks in Vienna, planned for Friday, has slipped to February 4.", "2016-02-04", "postponed"),
        ("The talks in Leeds were suspended until at least Monday.", "2016-02-01", "postponed"),
        ("The summit in Vienna was brought forward to January 30 from February 4.", "2016-01-30", "planned"),
        ("Talks in Leeds, postponed from Thursday, may be long.", "2016-01-28", "postponed"),
    ],
)  # fmt: skip
def test_a_meeting_moved_to_another_day_has_the_new_day(text: str, start: str, status: str) -> None:
    (meeting,), _ = read(text)
    assert (meeting.start, meeting.status) == (start, status)


def test_a_day_behind_another_verb_is_not_the_new_day_of_the_talks() -> None:
    found, _ = read("France and Germany postponed talks in Vienna because drivers want to strike until Monday.")
    assert [m.start for m in found] == [None]


def test_talks_that_move_to_another_town_keep_their_day() -> None:
    (meeting,), _ = read("The talks moved on Tuesday to Vienna.")
    assert (meeting.start, meeting.place, meeting.status) == ("2016-01-26", "Vienna", "held")


def test_two_meetings_under_one_verb_are_two_entries() -> None:
    text = (
        "Angela Merkel will meet Barack Obama in Hanover on Monday and her Italian counterpart Matteo Renzi in Rome "
        "the day after."
    )
    found, names = read(text)
    told = [({names[p] for p in m.participants}, m.place, m.start, m.status) for m in found]
    assert told == [
        ({"Angela Merkel", "Barack Obama"}, "Hanover", "2016-02-01", "planned"),
        ({"Angela Merkel", "Matteo Renzi"}, "Rome", "2016-02-02", "planned"),
    ]
    assert text[slice(*found[1].evidence)] == "her Italian counterpart Matteo Renzi in Rome the day after"


@pytest.mark.parametrize(
    "text",
    [
        "Angela Merkel met Barack Obama and David Cameron in Hanover on Monday.",
        "Angela Merkel met Barack Obama in Hanover on Monday and Tuesday.",
        "Angela Merkel met Barack Obama in Hanover on Monday and said that Paris would host the next summit.",
    ],
)
def test_one_meeting_with_two_guests_or_on_two_days_stays_one(text: str) -> None:
    found, _ = read(text)
    assert [m.start for m in found if m.kind == "meeting"] == ["2016-01-25"]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Angela Merkel spent two hours with Barack Obama in Hanover on Monday.", "meeting"),
        ("Angela Merkel and Barack Obama sat down together in Hanover on Monday.", "meeting"),
        ("Angela Merkel and Barack Obama shook hands in Hanover on Monday.", "meeting"),
        ("Angela Merkel had coffee with Barack Obama in Hanover on Monday.", "meeting"),
        ("Angela Merkel telephoned Barack Obama on Monday.", "call"),
        ("Angela Merkel called Barack Obama on Monday.", "call"),
    ],
)
def test_a_meeting_without_a_word_of_meeting(text: str, kind: str) -> None:
    meeting, who, _ = one(text)
    assert (meeting.kind, meeting.status, meeting.start) == (kind, "held", "2016-01-25")
    assert who == {"Angela Merkel", "Barack Obama"}


@pytest.mark.parametrize(
    "text",
    [
        "Barack Obama spoke to reporters with Angela Merkel on Monday.",
        "Angela Merkel called Barack Obama a friend.",
        "Angela Merkel saw the visit of Barack Obama as a success.",
        "Angela Merkel and Barack Obama called off the deal on Monday.",
        "The unions spent two hours on Monday on a picket line.",
    ],
)
def test_what_only_sounds_like_a_meeting_is_none(text: str) -> None:
    assert read(text)[0] == ()


def test_a_session_that_did_not_take_place_is_cancelled() -> None:
    meeting, _, _ = one("A negotiating session of the two firms in Vienna on Tuesday did not take place.")
    assert (meeting.status, meeting.start) == ("cancelled", "2016-01-26")


def test_a_conference_has_the_day_that_is_told_of_its_town() -> None:
    meeting, _, _ = one("Ministers will review it at the climate conference in Oslo, which opens on March 7.")
    assert (meeting.place, meeting.start, meeting.status) == ("Oslo", "2016-03-07", "planned")


def test_who_failed_to_agree_on_a_day_met_on_that_day() -> None:
    meeting, _, _ = one("Interior ministers failed to agree during six hours of talks in Bonn on Monday.")
    assert (meeting.status, meeting.start) == ("held", "2016-01-25")


def test_a_caption_that_looks_ahead_to_its_own_day_tells_of_a_meeting_held() -> None:
    text = "John Kerry speaks with Nasser Judeh before a meeting in Amman, Jordan, Jan. 27, 2016."
    found, _ = read(text)
    assert [(m.start, m.status) for m in found if m.place == "Amman"] == [("2016-01-27", "held")]


def test_the_last_round_without_of_is_a_round_of_talks() -> None:
    meeting, _, _ = one("The previous round between France and Italy was in Geneva on January 12.")
    assert (meeting.kind, meeting.start, meeting.status) == ("talks", "2016-01-12", "held")


def test_a_meeting_on_the_sidelines_is_where_and_when_the_summit_is() -> None:
    text = "John Kerry met Sergei Lavrov on the sidelines of a summit in Hangzhou on Monday."
    meeting, who, _ = one(text)
    assert (meeting.kind, meeting.place, meeting.start) == ("meeting", "Hangzhou", "2016-01-25")
    assert who == {"John Kerry", "Sergei Lavrov"}


def test_a_journey_to_talks_is_told_with_the_talks() -> None:
    meeting, who, _ = one("Sergei Lavrov travelled to Muscat on Tuesday and held talks with John Kerry.")
    assert (meeting.kind, meeting.place, meeting.start) == ("talks", "Muscat", "2016-01-26")
    assert who == {"Sergei Lavrov", "John Kerry"}


def test_a_journey_without_talks_stays_a_visit() -> None:
    found, _ = read("Sergei Lavrov flew to Muscat on Monday and said that he would meet John Kerry.")
    assert [(m.kind, m.status, m.start) for m in found] == [
        ("visit", "held", "2016-01-25"), ("meeting", "planned", None)
    ]  # fmt: skip


def test_talks_of_which_the_same_sentence_says_that_they_foundered_failed() -> None:
    meeting, _, _ = one("France and Italy held talks in Bonn on January 12, but these foundered on price.")
    assert (meeting.status, meeting.start) == ("failed", "2016-01-12")


def test_a_meeting_postponed_until_a_month_is_in_that_month() -> None:
    meeting, _, _ = one("A meeting of John Kerry with Sergei Lavrov will be postponed until July.")
    assert (meeting.status, meeting.start) == ("postponed", "2016-07")


def test_another_pair_does_not_take_the_day_of_those_who_put_theirs_off() -> None:
    text = (
        "John Kerry and Sergei Lavrov will meet in Berlin on Friday. "
        "A meeting of David Cameron with Francois Hollande has been postponed until July."
    )
    found, names = read(text)
    assert [(m.start, m.status) for m in found] == [("2016-01-29", "planned"), ("2016-07", "postponed")]
    assert {names[p] for p in found[0].participants} == {"John Kerry", "Sergei Lavrov"}


def test_the_verb_behind_a_participle_tells_what_became_of_the_talks() -> None:
    text = "Peace talks between France and Italy convened two years ago collapsed because nobody would give way."
    meeting, who, _ = one(text)
    assert (meeting.status, meeting.start, who) == ("failed", "2014", {"France", "Italy"})


def test_talks_of_a_month_ago_are_in_the_month_before() -> None:
    meeting, _, _ = one("France and Italy held talks in Bonn a month ago.")
    assert (meeting.start, meeting.status) == ("2015-12", "held")
