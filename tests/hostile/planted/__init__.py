"""A thousand secrets in an application: of every kind, in every sort of file, made up when the tests run."""
