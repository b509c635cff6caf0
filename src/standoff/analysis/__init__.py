"""A snapshot of a case in, tables out: what changed, who contradicts himself, what blocks what, who is with whom."""
