"""Where a target's code comes from: a folder, or a git repository that is cloned below the root of sessions. Nothing of it is run."""
