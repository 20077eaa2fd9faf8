# ruleid: rails-forgery
class ApplicationController < ActionController::Base
end
