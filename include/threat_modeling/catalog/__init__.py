"""Reference data: weaknesses, control categories, compliance frameworks and synonyms. One YAML file a record, found by folder."""
