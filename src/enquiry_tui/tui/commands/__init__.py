"""One registry of everything that can be done, and what is made from it."""
