# ruleid: download-run-in-shell
RUN curl -s https://example.org/install.sh | sh
# ok: download-run-in-shell
RUN curl -o install.sh https://example.org/install.sh && sha256sum -c install.sha256
