defmodule ShopWeb.Router do
  use ShopWeb, :router

  pipeline :browser do
    plug :protect_from_forgery
  end

  pipeline :staff do
    plug :require_authenticated_user
  end

  scope "/", ShopWeb do
    pipe_through :browser

    get "/", PageController, :home # not "/old", PageController, :home
    live "/feed", FeedLive

    scope "/admin" do
      pipe_through [:staff]

      resources "/depots", DepotController, only: [:index, :delete] do
        resources "/parcels", ParcelController,
          only: [:show],
          param: "number"
      end
    end

    post("/hooks", PageController, :hook)
  end

  match :put, "/raw", ShopWeb.PageController, :hook
  forward "/jobs", Jobs.Plug

  defp helper do
    get "/never", PageController, :home
  end
end
