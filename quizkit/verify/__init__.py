"""Does the bank keep its promises? Keys against solvers and witnesses, the ledger, the coverage."""
