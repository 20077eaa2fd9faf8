class Gardener < ApplicationRecord
  devise :database_authenticatable, :registerable, :recoverable
end
