"""GraphQL fields, message destinations and WebSocket endpoints of Spring."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.unit.codebase.resolvers.jvm import routes_of
from tests.unit.codebase.resolvers.table import parameters

from threat_modeling.codebase.resolvers import spring_messaging

if TYPE_CHECKING:
    from pathlib import Path


def test_fields_of_graphql(tmp_path: Path):
    found = routes_of(
        tmp_path,
        spring_messaging,
        """@Controller class G {
  @QueryMapping Book book(@Argument String id) { return null; }
  @MutationMapping("add") Book create(@Argument Input input) { return null; }
  @SchemaMapping Author author(Book book) { return null; }
  @SchemaMapping(typeName = "Author", field = "age") int years(Author a) { return 1; }
}""",
        src__main__resources__application_dot_properties="server.servlet.context-path=/ctx\n",
    )
    assert set(found) == {f"POST /ctx/graphql#{name}" for name in ("Query.book", "Mutation.add", "Book.author", "Author.age")}
    assert {route.type for route in found.values()} == {"graphql"}
    assert parameters(found["POST /ctx/graphql#Query.book"]) == {"body id"}


def test_destinations_and_endpoints(tmp_path: Path):
    found = routes_of(
        tmp_path,
        spring_messaging,
        '@Controller @MessageMapping("/chat") class M {'
        ' @MessageMapping("/send/{room}") void send(@DestinationVariable String room) { } @SubscribeMapping("/in") void in() { } }',
        """class Config implements WebSocketMessageBrokerConfigurer {
  public void registerStompEndpoints(StompEndpointRegistry registry) { registry.addEndpoint("/ws", "/old").withSockJS(); }
  public void configureMessageBroker(MessageBrokerRegistry registry) { registry.setApplicationDestinationPrefixes("/app"); }
}""",
        'class Plain { void registerWebSocketHandlers(WebSocketHandlerRegistry r) { r.addHandler(handler(), "/echo"); } }',
    )
    assert set(found) == {"SEND /app/chat/send/{room}", "SUBSCRIBE /app/chat/in", "GET /ws", "GET /old", "GET /echo"}
