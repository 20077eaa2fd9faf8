defmodule RouterTest do
  use Plug.Router
  get "/test", do: send_resp(conn, 200, "")
end
