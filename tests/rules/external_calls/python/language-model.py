from openai import OpenAI

# ruleid: language-model
client = OpenAI()
# ok: language-model
other = Client()
