"""Plans: the missing steps from an interview to a label, and the cheapest ways there."""
