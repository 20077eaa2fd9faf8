# The pinned set on plain Python: what the tests ran with, and nothing else. Build: docker build --tag threat-modeling .
FROM python:3.11-slim-bookworm

# git and ssh fetch targets
RUN apt-get update \
 && apt-get install --yes --no-install-recommends git openssh-client \
 && rm -rf /var/lib/apt/lists/*

ENV PIP_NO_CACHE_DIR=1 \
    PIP_DISABLE_PIP_VERSION_CHECK=1 \
    PYTHONUNBUFFERED=1 \
    AIRFLOW_HOME=/opt/threat-modeling/airflow \
    AIRFLOW__CORE__DAGS_FOLDER=/opt/threat-modeling/dags \
    AIRFLOW__CORE__PLUGINS_FOLDER=/opt/threat-modeling/plugins \
    AIRFLOW__CORE__LOAD_EXAMPLES=False \
    AIRFLOW__LOGGING__BASE_LOG_FOLDER=/opt/threat-modeling/logs \
    THREAT_MODELING_SESSIONS_ROOT=/opt/threat-modeling/sessions \
    THREAT_MODELING_TARGET_FILES=/opt/threat-modeling/include/targets

# volumes take over owner and mode of the folder that they are mounted on first
RUN useradd --uid 50000 --create-home airflow \
 && install --directory --owner airflow --mode 0750 /opt/threat-modeling/airflow /opt/threat-modeling/logs /opt/threat-modeling/sessions /opt/threat-modeling/state

WORKDIR /opt/threat-modeling
COPY constraints.txt requirements.txt ./
RUN pip install --constraint constraints.txt --requirement requirements.txt

COPY pyproject.toml README.md LICENSE ./
COPY include/ include/
COPY plugins/ plugins/
RUN pip install --constraint constraints.txt '.[celery]'
COPY dags/ dags/

USER airflow
CMD ["airflow", "version"]
