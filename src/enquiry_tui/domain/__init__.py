"""What things are and the rules over them: pure Python, no I/O, no SQL, no Textual."""
