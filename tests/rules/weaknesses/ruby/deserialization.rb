def load
  # ruleid: deserialization
  user = Marshal.load(Base64.decode64(params[:user]))
  # ruleid: deserialization
  YAML.load(params[:settings])
  # ok: deserialization
  YAML.safe_load(params[:settings])
  # ok: deserialization
  JSON.parse(params[:settings])
end
