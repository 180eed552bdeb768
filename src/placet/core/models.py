"""What every table shares: prefixed ids, a moment of creation, a row version."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models

from placet.core import ids

if TYPE_CHECKING:
    CharField = models.CharField[str, str]
    BigIntegerField = models.BigIntegerField[Any, Any]
else:
    CharField, BigIntegerField = models.CharField, models.BigIntegerField


class IdField(CharField):
    """The primary key of a table: a prefixed, sortable id from ``core.ids``."""

    def __init__(self, prefix: str = "", **options: Any) -> None:
        self.prefix = prefix
        options.update(primary_key=True, max_length=40, editable=False)
        super().__init__(**options)

    def has_default(self) -> bool:
        """Every row is born with an id, before it is saved."""
        return True

    def get_default(self) -> str:
        """A fresh id with this table's prefix."""
        return ids.new_id(self.prefix)

    def deconstruct(self) -> tuple[str, str, Any, Any]:
        """What a migration writes down: only the prefix."""
        name, path, args, options = super().deconstruct()
        for fixed in ("primary_key", "max_length", "editable"):
            options.pop(fixed, None)
        options["prefix"] = self.prefix
        return name, path, args, options


class Record(models.Model):
    """A row with a moment of creation, which the caller passes: nothing here reads a clock."""

    created_at = models.DateTimeField()

    class Meta:
        abstract = True


class Resource(Record):
    """A row that the API shows and changes: with the version that is its ETag."""

    version = models.PositiveIntegerField(default=1)
    external_id = models.CharField(max_length=100, blank=True, default="")
    metadata = models.JSONField(default=dict, blank=True)

    class Meta:
        abstract = True


class MinorUnitsField(BigIntegerField):
    """An amount in minor units of the row's currency (cents), never a float."""


def reference(to: Any, **options: Any) -> Any:
    """A foreign key that protects what it points to: rows that are referred to stay."""
    options.setdefault("on_delete", models.PROTECT)
    options.setdefault("related_name", "+")
    return models.ForeignKey(to, **options)


def unique_with_null(name: str, fields: list[str], nullable: str) -> list[models.BaseConstraint]:
    """Unique over ``fields`` and ``nullable``, where no value counts as a value too.

    SQLite knows no ``NULLS NOT DISTINCT``, so this is a pair of constraints on both databases.
    """
    return [
        models.UniqueConstraint(fields=[*fields, nullable], name=name),
        models.UniqueConstraint(
            fields=fields, condition=models.Q((f"{nullable}__isnull", True)), name=f"{name}_null"
        ),
    ]
