FROM python:3.12
# ruleid: debug-mode-in-deployment
ENV FLASK_DEBUG=1
# ok: debug-mode-in-deployment
ENV LOG_LEVEL=info
