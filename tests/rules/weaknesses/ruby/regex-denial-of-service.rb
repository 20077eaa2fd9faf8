def search
  # ruleid: regex-denial-of-service
  Regexp.new(params[:q])
  # ok: regex-denial-of-service
  Regexp.new(Regexp.escape(params[:q]))
end
