import { createServer } from "node:http";

function listener(req, res) {
  const url = new URL(req.url, "http://localhost");
  if (req.method === "GET" && (req.url === "/notes" || req.url === "/")) {
    res.end(req.headers["x-trace"]);
  } else if (/^\/notes\/(\d+)$/.test(url.pathname)) {
    if (req.method === "DELETE") {
      res.end();
    }
  } else if (url.pathname.startsWith("/files/")) {
    res.end(url.searchParams.get("name"));
  }
  switch (req.method) {
    case "POST":
      if (url.pathname === "/notes") {
        res.end("made");
      }
      break;
  }
}

createServer(listener).listen(8000);
