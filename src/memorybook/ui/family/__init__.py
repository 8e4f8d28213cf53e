"""Our family: who the book is about, farewells, and the people who write."""
