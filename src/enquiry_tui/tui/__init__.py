"""The face that officers see: screens, widgets and keys over the verbs of the desk."""
