"""People to talk to, in every country that is known of, without a connection and without a book."""
