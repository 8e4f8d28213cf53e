"""Pages: a plan of a book becomes a typeset PDF or pictures of its pages, in memory alone."""
