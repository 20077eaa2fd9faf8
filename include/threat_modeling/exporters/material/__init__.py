"""What a report is made of: everything a session holds, joined so that every format tells the same."""
