from elasticsearch import Elasticsearch

# ruleid: search
index = Elasticsearch()
# ok: search
other = Index()
