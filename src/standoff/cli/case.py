"""`standoff case`: one negotiation in one file. The commands of the group, each imported when it is called."""

from standoff.cli.lazy import lazy_group

case = lazy_group(
    "case",
    "One negotiation in one file: reports, what is read in them, what people decide.\n\n"
    "CASE is the file, by habit NAME.standoff. Everything is recorded and can be undone.",
    {
        "new": ("standoff.cli.case_file", "new", "Make a case file."),
        "add": ("standoff.cli.case_file", "add", "Add reports, and read those that are about the negotiation."),
        "read": ("standoff.cli.case_file", "read", "Read reports that were kept apart."),
        "list": ("standoff.cli.case_show", "list_reports", "List the reports."),
        "show": ("standoff.cli.case_show", "show", "Show a report with its entries, a party, a concept, a meeting."),
        "search": ("standoff.cli.case_show", "search", "Search texts, entries and parties."),
        "brief": ("standoff.cli.case_desk", "brief", "What is new since a day, or since you last looked."),
        "positions": ("standoff.cli.case_desk", "positions", "What each party holds over time, who shifted when."),
        "contradictions": ("standoff.cli.case_desk", "contradictions", "Where a party goes against itself."),
        "deadlocks": ("standoff.cli.case_desk", "deadlocks", "Which conditions block each other."),
        "calendar": ("standoff.cli.case_desk", "calendar", "The meetings by day; as an iCalendar file."),
        "who": ("standoff.cli.case_desk", "who", "An actor's card."),
        "relevance": ("standoff.cli.case_file", "relevance", "Say whether reports are about the negotiation."),
        "copy": ("standoff.cli.case_file", "copy", "Say that a report repeats another, or that it does not."),
        "check": ("standoff.cli.case_file", "check", "Check the file for damage."),
        "export": ("standoff.cli.case_exchange", "export", "Write the case for other tools: CSV, brat, DNA, JSON …"),
        "import": ("standoff.cli.case_exchange", "import_", "Take in what other tools made, or a whole case as JSON."),
        "backup": ("standoff.cli.case_file", "backup", "Copy the case while others work on it."),
        "review": ("standoff.cli.case_review", "review", "Accept, reject, correct and add entries."),
        "agreement": ("standoff.cli.case_review", "agreement", "How far coders agree."),
        "reread": ("standoff.cli.case_review", "reread", "Read reports again with this version; reviews are kept."),
        "revise": ("standoff.cli.case_review", "revise", "Put a newer text in a report's place; reviews are kept."),
        "actors": ("standoff.cli.case_merge", "actors", "Name actors that every later reading is to know."),
        "merge": ("standoff.cli.case_merge", "merge", "Parties, concepts or meetings are the same."),
        "unmerge": ("standoff.cli.case_merge", "unmerge", "They are not the same after all."),
        "split": ("standoff.cli.case_merge", "split", "A party or meeting is two."),
        "rename": ("standoff.cli.case_merge", "rename", "Rename a party or concept."),
        "party": ("standoff.cli.case_merge", "party", "List parties, or say whom one speaks for."),
        "codebook": ("standoff.cli.case_codebook", "codebook", "The concepts to which issues belong."),
        "log": ("standoff.cli.case_history", "log", "What was done, by whom, and why."),
        "undo": ("standoff.cli.case_history", "undo", "Undo the last thing you did, or another."),
        "redo": ("standoff.cli.case_history", "redo", "Bring back what your last undo took away."),
        "diff": ("standoff.cli.case_history", "diff", "What differs between two moments."),
    },
)
