# ruleid: all-hosts-allowed
ALLOWED_HOSTS = ["*"]
# ok: all-hosts-allowed
OTHER_HOSTS = ["example.org"]
