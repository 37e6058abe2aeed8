"""Pages of the admin as a browser reads them: what their forms would send."""

from html.parser import HTMLParser
from typing import Any

Fields = dict[str, list[str]]
_BUTTONS = {"submit", "button", "image", "reset", "file"}


class _Form(HTMLParser):
    """Collects the successful controls of the page's form (HTML, form submission)."""

    def __init__(self) -> None:
        super().__init__()
        self.fields: Fields = {}
        self._inside = False
        self._select: tuple[str, bool] | None = None
        self._text: tuple[str, list[str]] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        if tag == "form" and (told.get("id") or "").endswith("_form"):
            self._inside = (told.get("method") or "").lower() == "post"
        if not self._inside:
            return
        name = told.get("name") or ""
        if tag == "input" and name:
            self._input(name, told)
        elif tag == "select":
            self._select = (name, "multiple" in told)
        elif tag == "option" and self._select and self._select[0]:
            self._option(told)
        elif tag == "textarea" and name:
            self._text = (name, [])

    def handle_data(self, data: str) -> None:
        if self._text:
            self._text[1].append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._inside = False
        elif tag == "select":
            self._select = None
        elif tag == "textarea" and self._text:
            name, parts = self._text
            self.fields.setdefault(name, []).append("".join(parts).removeprefix("\n"))
            self._text = None

    def _input(self, name: str, told: dict[str, str | None]) -> None:
        kind = (told.get("type") or "text").lower()
        if kind in _BUTTONS or (kind in {"checkbox", "radio"} and "checked" not in told):
            return
        usual = "on" if kind in {"checkbox", "radio"} else ""
        self.fields.setdefault(name, []).append(told.get("value") or usual)

    def _option(self, told: dict[str, str | None]) -> None:
        name, multiple = self._select or ("", False)
        chosen = self.fields.setdefault(name, []) if "selected" in told or not multiple else []
        if "selected" in told:
            chosen[:] = [*(chosen if multiple else []), told.get("value") or ""]
        elif not multiple and not chosen:
            # A browser sends the first option of a list of which none is selected.
            chosen.append(told.get("value") or "")


def fields_of(answer: Any) -> Fields:
    """What the form of the page would send, without the templates of new rows."""
    assert answer.status_code == 200, answer.status_code
    form = _Form()
    form.feed(answer.content.decode())
    return {name: values for name, values in form.fields.items() if "__prefix__" not in name}


def errors_of(answer: Any) -> list[str]:
    """What a page refuses; [] if it led elsewhere."""
    if answer.status_code == 302:
        return []
    assert answer.status_code == 200, answer.status_code
    form = answer.context["adminform"].form
    found = [f"{name}: {' '.join(each)}" for name, each in form.errors.items()]
    for inline in answer.context["inline_admin_formsets"]:
        found += [str(each) for each in inline.formset.non_form_errors()]
        for row in inline.formset.forms:
            found += [f"{row.prefix}-{name}: {' '.join(e)}" for name, e in row.errors.items()]
    return found


def add_row(fields: Fields, prefix: str, **values: Any) -> int:
    """Add a row to an inline of the page; answers its number."""
    number = int(fields[f"{prefix}-TOTAL_FORMS"][0])
    fields[f"{prefix}-TOTAL_FORMS"] = [str(number + 1)]
    for name, value in values.items():
        fields[f"{prefix}-{number}-{name}"] = [str(value)]
    return number


def told_by(form: Any) -> Fields:
    """What a form that is not on a page would send."""
    parser = _Form()
    parser.feed(f'<form id="a_form" method="post">{form.as_p()}</form>')
    return parser.fields
