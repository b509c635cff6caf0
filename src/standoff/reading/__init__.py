"""Report in, ledger out: statements, positions, preconditions, meetings, each in a module of its own."""
