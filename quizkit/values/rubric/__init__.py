"""Short answers against a rubric of key points: words, clauses, negation and direction; no model."""
