class Card < ApplicationRecord
  # ruleid: encryption
  encrypts :number
  # ok: encryption
  validates :number
end
