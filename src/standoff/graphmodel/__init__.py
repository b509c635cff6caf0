"""The Graph Model for Conflict Resolution: a conflict in option form goes in; stable states, and why, come
out."""
