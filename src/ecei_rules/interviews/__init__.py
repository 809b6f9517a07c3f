"""What is asked, and what one organisation answered on one day."""
