Rails.application.routes.draw do
  resources :notes, only: [:create]
  namespace :api do
    resources :notes, only: [:create]
  end
end
