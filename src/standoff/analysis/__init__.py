"""Tables from coded statements and cases: so far discourse networks."""
