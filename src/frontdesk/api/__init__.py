"""The agents' HTTP: only HTTP words here. Rules live in the rooms."""
