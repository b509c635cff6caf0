"""The desk: a local web page over one case file."""
