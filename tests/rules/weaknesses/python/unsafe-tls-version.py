import ssl

# ruleid: unsafe-tls-version
ssl.SSLContext(ssl.PROTOCOL_TLSv1)
# ok: unsafe-tls-version
ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
