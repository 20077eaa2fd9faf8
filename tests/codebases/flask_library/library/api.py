from flask import Blueprint
from flask_restx import Api, Namespace, Resource

api_blueprint = Blueprint("api", __name__, url_prefix="/rest")
api = Api(api_blueprint)
readers = Namespace("readers", path="/people")
loans = api.namespace("loans")


@readers.route("/", "/all")
class Readers(Resource):
    def get(self):
        return []


class Fine(Resource):
    def delete(self, fine_id):
        return fine_id


@loans.route("/<string:loan>")
class Loan(Resource):
    def get(self, loan):
        return loan


api.add_namespace(readers)
api.add_resource(Fine, "/fines/<int:fine_id>")
