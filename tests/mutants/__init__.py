"""Changes one operator or constant of a solver at a time: does the bank notice?"""
