"""The demonstration: an office of fictional people, made through the verbs and gone afterwards."""
