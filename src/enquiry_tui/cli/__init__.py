"""The command line: what scripts and other programs talk to."""
