"""Check audit draws: python3 verify_draw.py < draws.jsonl. Standard library only;
docs/audit-draws.md says what it proves.
"""

import hashlib
import hmac
import json
import sys
from fractions import Fraction


def find_faults(p):
    if not isinstance(p["rate"], str) or not isinstance(p["public_value"], str | None):
        return ["its rate or public value is no text"]
    if hashlib.sha256(f"audit-commit-v1|{p['period']}|{p['secret']}".encode()).hexdigest() != p["commitment"]:
        return ["the secret is not the one that was committed to"]
    seed = hashlib.sha256(f"{p['secret']}|{p['public_value'] or ''}".encode()).digest()
    limit, found, before = int(Fraction(p["rate"]) * 2**64), [], ""
    for row in p["rows"]:
        x = hmac.new(seed, f"audit-v1|{row['draw_id']}".encode(), "sha256").hexdigest()[:16]
        if row["x"] != x or row["selected"] is not (int(x, 16) < limit):
            found.append(f"{row['draw_id']} was drawn otherwise")
        if row["draw_id"] <= before:
            found.append(f"{row['draw_id']} occurs twice, or out of order")
        before = row["draw_id"]
    return found


if __name__ == "__main__":
    wrong, seen = 0, set()
    for line in sys.stdin:
        try:
            period = json.loads(line)
            which = f"{period.get('policy', '')} {period['period']}".strip()
            name = f"{which}, {len(period['rows'])} draws"
            if period["secret"] is None:
                print(f"{name}: not revealed yet, so nothing can be checked")
                continue
            found = find_faults(period) + ["it occurs twice"] * (which in seen)
            seen.add(which)
        except (ValueError, KeyError, TypeError, AttributeError, ArithmeticError) as error:
            found, name = [f"not a line of draws ({error!r})"], "?"
        print(f"{name}: {'; '.join(found) or 'right'}")
        wrong += bool(found)
    sys.exit(bool(wrong))
