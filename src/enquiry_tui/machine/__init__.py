"""The machine underneath: private files, locks, process hardening, clock, folders."""
