"""Put away: pages, photos, recordings and keepsakes that can be brought back or deleted for ever."""
