"""The Airflow shell around the threat_modeling product."""
