"""Expressions as people write them: read by a grammar of our own, compared cheap to dear.

tokens -> parse -> tree -> (show | cost | evaluate | normal) -> decide; `read` and `decide` are the doors.
"""
