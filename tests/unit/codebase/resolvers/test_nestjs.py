"""Routes of NestJS: prefixes, versions, guards of every scope, marked exceptions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from threat_modeling.codebase.project import Project
from threat_modeling.codebase.resolvers import nestjs

if TYPE_CHECKING:
    from pathlib import Path

MAIN = """
import { NestFactory } from '@nestjs/core'
import { ValidationPipe } from '@nestjs/common'
async function bootstrap () {
  const app = await NestFactory.create(AppModule)
  app.setGlobalPrefix('api')
  app.useGlobalPipes(new ValidationPipe({ whitelist: true }))
}
"""
MODULE = """
import { Module } from '@nestjs/common'
import { APP_GUARD } from '@nestjs/core'
import { TokenGuard } from './guards'
@Module({ providers: [{ provide: APP_GUARD, useClass: TokenGuard }] })
export class AppModule {}
"""
GUARDS = """
import { Injectable, SetMetadata, UnauthorizedException } from '@nestjs/common'
export const OPEN = 'open'
export const Open = () => SetMetadata(OPEN, true)
@Injectable()
export class TokenGuard {
  constructor (private reflector: Reflector, private tokens: JwtService) {}
  canActivate (context: ExecutionContext) {
    if (this.reflector.getAllAndOverride(OPEN, [context.getHandler()])) return true
    const request = context.switchToHttp().getRequest()
    if (!request.headers.authorization) throw new UnauthorizedException()
    return true
  }
}
export class RolesGuard {
  canActivate (context) {
    const { user } = context.switchToHttp().getRequest()
    const request = { user }
    return request.user.roles.includes('admin')
  }
}
"""
CATS = """
import { Body, Controller, Delete, Get, Headers, Param, Post, Query, Req, UseGuards, Version } from '@nestjs/common'
import { Throttle, ThrottlerGuard } from '@nestjs/throttler'
import { Open, RolesGuard } from './guards'
const PATH = 'cats'
@Controller(PATH)
export class CatsController {
  @Open()
  @Get()
  list (@Query('page') page: number, @Headers('x-trace') trace: string) { return [] }

  @UseGuards(ThrottlerGuard)
  @Post(['', 'new'])
  create (@Body() cat: CreateCat) { return cat }

  @UseGuards(RolesGuard)
  @Version('2')
  @Delete(':id')
  remove (@Param('id') id: string, @Req() req) { return req.query.why }

  helper () {}
}
"""


def test_routes_with_prefix_version_guards_and_parameters(tmp_path: Path):
    for name, content in {"main.ts": MAIN, "app.module.ts": MODULE, "guards.ts": GUARDS, "cats.controller.ts": CATS}.items():
        (tmp_path / name).write_text(content)
    routes = {f"{route.method} {route.path}": route for route in nestjs.routes(Project(tmp_path))}
    assert set(routes) == {"GET /api/cats", "POST /api/cats", "POST /api/cats/new", "DELETE /api/v2/cats/{id}"}
    guards = {name: {(g.category.value, g.scope) for g in route.guards} for name, route in routes.items()}
    checked = ("input-validation", "application")
    assert guards["GET /api/cats"] == {checked}
    assert guards["POST /api/cats"] == {checked, ("authentication", "application"), ("rate-limiting", "route")}
    assert guards["DELETE /api/v2/cats/{id}"] == {checked, ("authentication", "application"), ("authorization", "route")}
    parameters = {(p.source, p.name, p.type) for name in routes for p in routes[name].parameters}
    assert {("query", "page", "number"), ("header", "x-trace", "string"), ("body", "cat", "CreateCat"), ("path", "id", None)} <= parameters | {
        (source, name, None) for source, name, _ in parameters
    }
    handler = routes["GET /api/cats"].handler
    assert handler is not None
    assert (handler.line, handler.end, handler.function) == (8, 10, "CatsController.list")


def test_inherited_routes_and_routes_outside_of_the_prefix(tmp_path):
    (tmp_path / "base.ts").write_text("import { Get } from '@nestjs/common'\nexport abstract class Base { @Get('count') count() {} }\n")
    source = """
import { Controller, Get } from '@nestjs/common'
import { NestFactory } from '@nestjs/core'
import { Base } from './base'
@Controller('notes') export class Notes extends Base {}
@Controller('health') export class Health { @Get() up() {} }
async function main() { const app = await NestFactory.create(App); app.setGlobalPrefix('api', { exclude: ['health'] }) }
"""
    (tmp_path / "app.ts").write_text(source)
    found = {f"{r.method} {r.path}": f"{r.handler.file} {r.handler.function}" for r in nestjs.routes(Project(tmp_path)) if r.handler}
    assert found == {"GET /api/notes/count": "base.ts Base.count", "GET /health": "app.ts Health.up"}
