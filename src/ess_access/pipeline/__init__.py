"""Config, sources, planner, cache, executors, runner, events, report."""
