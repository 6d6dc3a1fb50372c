"""What every interface for other people's programs shares: keys, one frame of answers, one description."""
