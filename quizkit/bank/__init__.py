"""A bank on disk: read strictly, checked as a whole, compiled into a cache, its solvers found by name."""
