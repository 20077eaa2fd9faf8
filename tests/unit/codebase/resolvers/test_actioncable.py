"""Channels of Action Cable: their path, their messages, the check of the connection."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.unit.codebase.resolvers.table import guards, handlers, parameters

from threat_modeling.codebase.project import Project
from threat_modeling.codebase.resolvers import actioncable

if TYPE_CHECKING:
    from pathlib import Path

FILES = {
    "config/routes.rb": 'Rails.application.routes.draw do\n  mount ActionCable.server => "/live"\nend\n',
    "app/channels/application_cable/channel.rb": "module ApplicationCable\n  class Channel < ActionCable::Channel::Base\n  end\nend\n",
    "app/channels/application_cable/connection.rb": """
module ApplicationCable
  class Connection < ActionCable::Connection::Base
    def connect
      reject_unauthorized_connection unless env["warden"].user
    end
  end
end
""",
    "app/channels/tide_channel.rb": """
class TideChannel < ApplicationCable::Channel
  def subscribed
  end

  def measure(data)
  end

  private

  def store
  end
end
""",
}


def test_a_channel(tmp_path: Path):
    for path, text in FILES.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text)
    routes = {f"{route.method} {route.path}": route for route in actioncable.routes(Project(tmp_path))}
    assert handlers(routes) == {"GET /live": "app/channels/tide_channel.rb:2 TideChannel"}
    assert parameters(routes["GET /live"]) == {"body measure"}
    assert guards(routes["GET /live"]) == {"authentication reject_unauthorized_connection application"}
