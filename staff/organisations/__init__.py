"""What the rooms of providers and of employers share: their people and their programs' keys."""
