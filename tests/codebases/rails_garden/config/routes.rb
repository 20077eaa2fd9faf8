Rails.application.routes.draw do
  root "plants#index"
  devise_for :gardeners, path_names: { sign_in: "enter" }, skip: [:passwords]

  concern :labeled do
    resources :labels, only: %i[index create]
  end

  resources :plants, concerns: :labeled do
    member { patch :water }
    collection do
      get "search"
    end
    resources :photos, shallow: true, only: [:index, :show, :destroy]
  end
  resource :profile, only: [:show, :update]

  namespace :admin, path: "office" do
    resources :gardeners, except: [:new, :edit], path_names: { new: "hire" }
    get "report(/:year)", to: "reports#show"
  end

  scope "/api/:version", module: "api" do
    draw :seeds
  end

  %w[spring autumn].each do |season|
    get "tips/#{season}", to: "tips##{season}"
  end

  authenticate :gardener, ->(one) { one.head? } do
    mount Sidekiq::Web => "/jobs"
  end
  match "/hooks/*source", to: "hooks#receive", via: [:get, :post]
  get "old", to: redirect("/plants")
end
