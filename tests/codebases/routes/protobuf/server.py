import depot_pb2_grpc


class Depot(depot_pb2_grpc.DepotServicer):
    def Track(self, request, context):
        return request.number
