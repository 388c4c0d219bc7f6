"""What readers find without a sign-in."""
