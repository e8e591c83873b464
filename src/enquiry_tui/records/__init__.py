"""SQL: one module for each noun, the only code that names its tables."""
