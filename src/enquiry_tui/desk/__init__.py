"""The verbs: one function for each thing an officer does, one module for each noun."""
