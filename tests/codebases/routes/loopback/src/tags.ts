import { CrudRestApiConfig } from "@loopback/rest-crud";

export const config: CrudRestApiConfig = { model: Tag, pattern: "CrudRest", basePath: "/tags" };
