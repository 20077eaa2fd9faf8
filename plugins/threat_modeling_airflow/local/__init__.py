"""Airflow on this machine, for one person: started, followed and ended by one command."""
