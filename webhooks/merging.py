"""What becomes of endpoints when two accounts become one."""

from core.merging import MergedTable

TABLES = [MergedTable("webhooks.Endpoint", stays=("made_by",))]
