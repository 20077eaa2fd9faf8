import yaml

def settings(path):
    with open(path) as file:
        # ruleid: unsafe-deserializer
        yaml.load(file, Loader=yaml.Loader)
        # ok: unsafe-deserializer
        yaml.safe_load(file)
        # ok: unsafe-deserializer
        yaml.load(file, Loader=yaml.SafeLoader)
