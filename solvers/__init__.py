"""Plain functions that compute the answer keys; one module per topic."""
