resources :seeds, only: :show, param: :code
