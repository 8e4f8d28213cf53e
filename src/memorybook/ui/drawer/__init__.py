"""Put away: deleted pages, which can be brought back or deleted for ever."""
