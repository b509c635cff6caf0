"""Discourse networks: coded statements in; networks, series, camps, polarisation, backbones, scales out."""
