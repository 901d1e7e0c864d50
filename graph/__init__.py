"""TripleHelix."""
