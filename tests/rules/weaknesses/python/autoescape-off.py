import jinja2

# ruleid: autoescape-off
jinja2.Environment(autoescape=False)
# ok: autoescape-off
jinja2.Environment(autoescape=True)
