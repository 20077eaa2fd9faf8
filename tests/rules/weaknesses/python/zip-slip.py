import tarfile

def unpack(path):
    # ruleid: zip-slip
    tarfile.open(path).extractall("/srv/in")
    # ok: zip-slip
    tarfile.open(path).extractall("/srv/in", filter="data")
