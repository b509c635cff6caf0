"""The case file: many ledgers in, one negotiation out, reviewed by people."""
