class PostsController < ApplicationController
  # ruleid: authentication
  before_action :authenticate_user!
  # ok: authentication
  before_action :set_post
end
