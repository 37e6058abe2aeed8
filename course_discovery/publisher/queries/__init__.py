"""Reading persons' rights."""
