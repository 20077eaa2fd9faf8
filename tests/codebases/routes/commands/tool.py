import argparse

import click


@click.group()
def tool():
    pass


@tool.command("load-all")
@click.argument("path")
def load(path):
    return path


@click.command()
def tidy_up():
    return None


def removed(options):
    return options


def main():
    parser = argparse.ArgumentParser()
    subcommands = parser.add_subparsers()
    remove = subcommands.add_parser("remove")
    remove.set_defaults(func=removed)
