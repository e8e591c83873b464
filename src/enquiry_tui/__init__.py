"""The front desk of a chief constable's or commissioner's office, offline and on the record."""

__version__ = "0.1.0"
