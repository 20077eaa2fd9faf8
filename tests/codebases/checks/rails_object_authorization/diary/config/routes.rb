Rails.application.routes.draw do
  resources :entries, only: [:show, :update, :destroy, :edit]
  resources :moods, only: [:show]
end
