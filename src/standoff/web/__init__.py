"""The desk: a case goes in, local web pages come out on which people read, check and see. No logic of its own."""
