"""Put away: pages, photos, recordings, keepsakes and dates that can be brought back or deleted for ever."""
