"""Functions that are wrong on purpose: mistakes people make, one module per topic."""
