import hvac

# ruleid: secret-store
client = hvac.Client()
# ok: secret-store
other = Client()
