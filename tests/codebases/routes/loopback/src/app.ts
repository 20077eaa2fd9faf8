import { RestApplication } from "@loopback/rest";

export class App extends RestApplication {
  constructor() {
    super();
    this.basePath("/v1");
  }
}
