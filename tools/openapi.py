"""Write the description of the API, generated from its types: tools/openapi.py [FILE].

The snapshot docs/api/openapi.json is kept in the repository, so that every change of the API is a
difference that somebody reads; continuous integration compares (.ci/openapi).
"""

import json
import os
import sys
from pathlib import Path

SNAPSHOT = Path(__file__).resolve().parents[1] / "docs/api/openapi.json"


def describe() -> str:
    """Return the OpenAPI document as text, the same for the same code."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "placet.project.settings_test")
    django.setup()
    from placet.api.urls import api

    document = api.get_openapi_schema(path_prefix="/api/v1/")
    return json.dumps(document, indent=1, ensure_ascii=False) + "\n"


def main(arguments: list[str]) -> None:
    """Write to the file that is named, else to the snapshot."""
    target = Path(arguments[0]) if arguments else SNAPSHOT
    target.write_text(describe(), encoding="utf-8")
    sys.stdout.write(f"wrote {target}\n")


if __name__ == "__main__":
    main(sys.argv[1:])
