"""The merchant's first page: what needs somebody now, and how the day goes."""
