defmodule ShopWeb.PageController do
  use ShopWeb, :controller

  def home(conn, _params) do
    render(conn, :home)
  end

  def hook(conn, %{"body" => body}) do
    text(conn, body)
  end
end
