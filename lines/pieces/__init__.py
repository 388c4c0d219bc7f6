"""Questions and answers as recordings of their own: kept, heard, reviewed and published."""
