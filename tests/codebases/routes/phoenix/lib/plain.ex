defmodule Plain do
  use Plug.Router

  plug :match
  plug :dispatch

  get "/health" do
    if up?() do
      send_resp(conn, 200, "up")
    end
  end

  match "/any", via: [:get, :post] do
    send_resp(conn, 200, "")
  end

  match _ do
    send_resp(conn, 404, "")
  end
end
