"""NestJS beyond HTTP: resolvers, messages, sockets, schedules."""

from __future__ import annotations

from threat_modeling.codebase.project import Project
from threat_modeling.codebase.resolvers import nest_messages

SOURCE = """
import { Resolver, Query, Mutation, Args } from "@nestjs/graphql";
import { EventPattern, GrpcMethod } from "@nestjs/microservices";
import { WebSocketGateway, SubscribeMessage, MessageBody } from "@nestjs/websockets";
import { Cron } from "@nestjs/schedule";
import { UseGuards } from "@nestjs/common";
import { AuthGuard } from "@nestjs/passport";

@Resolver()
export class Notes {
  @Query(() => [Note], { name: "allNotes" }) notes() {}
  @UseGuards(AuthGuard("jwt"))
  @Mutation(() => Note) lose(@Args("id") id: string) {}
}

@WebSocketGateway({ namespace: "chat" })
export class Chat {
  @SubscribeMessage("said") said(@MessageBody() text: string) {}
}

export class Work {
  @EventPattern("note.lost") lost() {}
  @GrpcMethod("Notes") find() {}
  @Cron("0 * * * *") tidy() {}
}
"""


def test_each_kind_of_method(tmp_path):
    (tmp_path / "notes.ts").write_text(SOURCE)
    found = {f"{r.type} {r.method} {r.path}": r for r in nest_messages.routes(Project(tmp_path))}
    assert {name: (r.handler.function, [p.name for p in r.parameters], [g.category.value for g in r.guards]) for name, r in found.items()} == {
        "graphql POST /graphql#Query.allNotes": ("Notes.notes", [], []),
        "graphql POST /graphql#Mutation.lose": ("Notes.lose", ["id"], ["authentication"]),
        "websocket GET /chat#said": ("Chat.said", ["text"], []),
        "queue EVENT note.lost": ("Work.lost", [], []),
        "grpc POST /Notes/Find": ("Work.find", [], []),
        "scheduled CRON Work.tidy": ("Work.tidy", [], []),
    }
