"""What a person sees inside Airflow beside its own pages: all sessions, one session, one agent. Read only."""
