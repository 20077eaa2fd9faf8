import { api, del, get, operation, param, post, requestBody } from "@loopback/rest";
import { authenticate } from "@loopback/authentication";
import { authorize } from "@loopback/authorization";

@api({ basePath: "/notes" })
@authenticate("jwt")
export class NotesController {
  @get("/{id}")
  @authenticate.skip()
  async one(@param.path.number("id") id: number, @param.query.string("fields") fields?: string) {
    return id;
  }

  @post("/")
  async made(@requestBody() note: object) {
    return note;
  }

  @del("/{id}")
  @authorize({ allowedRoles: ["admin"] })
  async removed(@param.path.number("id") id: number, @param.header.string("X-Reason") reason: string) {}

  @operation("head", "/count")
  async count() {}
}
