"""What an interview still needs for a label, and the cheapest ways to earn it."""
