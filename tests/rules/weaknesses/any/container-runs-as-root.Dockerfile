FROM python:3.12 AS build
RUN make
# ok: container-runs-as-root
FROM python:3.12 AS other
USER app
# ruleid: container-runs-as-root
FROM python:3.12
CMD ["serve"]
