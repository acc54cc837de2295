"""The sections of a report, each a function from the content to what is printed."""
