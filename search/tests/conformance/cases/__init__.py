"""The cases, one module for each subject; each has a tuple CASES."""
