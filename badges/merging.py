"""What becomes of signing keys when two accounts become one: nothing; they say who made, replaced and distrusted them."""

from core.merging import MergedTable

TABLES = [MergedTable("badges.SigningKey", stays=("made_by", "retired_by", "distrusted_by"))]
