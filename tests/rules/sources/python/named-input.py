import io


def read(user_input):
    # ruleid: named-input
    return io.open(user_input).read()


def read_setting(path):
    # ok: named-input
    return io.open(path).read()
