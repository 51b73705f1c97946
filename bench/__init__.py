"""Speed, measured on the real server from outside: `uv run python -m bench NAME`."""
