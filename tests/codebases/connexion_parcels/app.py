import connexion

app = connexion.FlaskApp(__name__, specification_dir="specs/")
app.add_api("parcels.yaml", base_path="/api")
