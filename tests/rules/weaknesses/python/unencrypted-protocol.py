import ftplib

# ruleid: unencrypted-protocol
ftplib.FTP("files.example.org")
# ok: unencrypted-protocol
ftplib.FTP_TLS("files.example.org")
