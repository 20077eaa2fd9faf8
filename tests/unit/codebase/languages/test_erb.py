"""What ERB templates are lowered to."""

from __future__ import annotations

from threat_modeling.codebase.languages.erb import code_of, lower
from threat_modeling.codebase.syntax import Call, dotted, walk

PAGE = """<h1><%= @title %></h1>
<%# a comment
    of two lines %>
<% if @posts %>
  <%= form_for @post do |f| %>
    <%== f.body -%>
  <% end %>
<% end %>
<% unclosed
"""


def test_tags_keep_their_lines():
    module = lower("a.html.erb", PAGE)
    calls = {dotted(node.callee): node.line for node in walk(module.body) if isinstance(node, Call)}
    assert calls == {"erb_output": 1, "form_for": 5, "raw": 6}
    assert module.errors == 0


def test_what_is_never_closed_is_read_once():
    assert code_of("<%" * 100_000) == ""
