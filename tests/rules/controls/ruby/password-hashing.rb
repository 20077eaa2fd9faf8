class User < ApplicationRecord
  # ruleid: password-hashing
  has_secure_password
  # ok: password-hashing
  has_many :posts
end
