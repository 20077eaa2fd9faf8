import paramiko

client = paramiko.SSHClient()
# ruleid: remote-shell
client.connect("host.example.org")
# ok: remote-shell
client.close()
