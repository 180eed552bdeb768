"""The file that is sent, and which of its columns is which of ours."""

from __future__ import annotations

from typing import Any, Final

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from placet.imports.columns import guess_columns
from placet.imports.kinds.kind import Kind
from placet.imports.models import ImportFile
from placet.imports.reading import LARGEST_FILE

SAMPLES: Final = 3
NOT_THERE: Final = ""


class UploadForm(forms.Form):
    """A CSV or XLSX file."""

    file = forms.FileField(
        label=gettext_lazy("File"),
        widget=forms.FileInput(attrs={"accept": ".csv,.tsv,.txt,.xlsx"}),
        allow_empty_file=True,
        required=False,
    )
    text = forms.CharField(
        label=gettext_lazy("Or paste rows"),
        help_text=gettext_lazy("With their header, as they come out of a spreadsheet."),
        widget=forms.Textarea(attrs={"rows": 5, "spellcheck": "false"}),
        max_length=1_000_000,
        required=False,
        strip=False,
    )

    def __init__(self, *args: Any, largest: int = LARGEST_FILE, **options: Any) -> None:
        super().__init__(*args, **options)
        self.megabytes, self.largest = largest // 1_000_000, largest
        said = {"most": self.megabytes}
        self.fields["file"].help_text = _("CSV or XLSX, up to %(most)d MB.") % said

    def clean_file(self) -> Any:
        """The upload, unless it is larger than what is read at all."""
        file = self.cleaned_data["file"]
        if file is not None and file.size > self.largest:
            sentence = _("A file has at most %(most)d MB.") % {"most": self.megabytes}
            raise forms.ValidationError(sentence, code="too_large")
        return file

    def clean(self) -> dict[str, Any]:
        """One of both is there."""
        found = super().clean() or {}
        if not self.errors and found["file"] is None and not found["text"].strip():
            self.add_error("file", _("Choose a file, or paste rows."))
        return found


class MapForm(forms.Form):
    """For each of our columns the column of the file: as the last file like it, or guessed."""

    def __init__(
        self,
        *args: Any,
        kind: Kind,
        file: ImportFile,
        meant: dict[str, int] | None = None,
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        self.is_remembered = meant is not None
        choices = [(NOT_THERE, "–")]
        choices += [
            (str(place), name or _("Column %(n)d") % {"n": place + 1})
            for place, name in enumerate(file.header)
        ]
        guessed = meant if meant is not None else guess_columns(kind.columns, file.header)
        for column in kind.columns:
            self.fields[column.key] = forms.ChoiceField(
                label=str(column.label),
                help_text=str(column.hint),
                choices=choices,
                required=column.is_required,
                initial=str(guessed.get(column.key, NOT_THERE)),
                error_messages={"required": _("Choose the column that holds this.")},
            )

    @property
    def columns(self) -> dict[str, int]:
        """The chosen places; what is not in the file is left out."""
        return {key: int(place) for key, place in self.cleaned_data.items() if place != NOT_THERE}


def read_samples(file: ImportFile) -> list[list[str]]:
    """The first rows of a file, to recognise its columns by."""
    return list(file.rows[:SAMPLES])
