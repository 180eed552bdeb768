"""What is open today: one requisition for each case that people meet, named after it."""
