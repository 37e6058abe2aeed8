"""What recording costs, in queries: bounded, and as `logged` says."""

import pytest

from course_discovery.core.changes.tests.entries import statements
from course_discovery.core.models import Currency

pytestmark = pytest.mark.django_db


def test_creating_and_saving_an_object_is_one_insert_more() -> None:
    row = Currency(code="XTS", name="Coin")
    assert statements(lambda: row.save(force_insert=True)) == ["INSERT", "INSERT"]
    assert statements(row.save) == ["UPDATE", "INSERT"]
    assert statements(lambda: row.save(update_fields=["name"])) == ["UPDATE", "INSERT"]


# SQLite takes about 90 entries in one statement, the others 500.
@pytest.mark.parametrize("rows", [1, 90])
def test_bulk_operations_cost_the_same_for_any_number_of_rows(rows: int) -> None:
    coins = [Currency(code=f"X{n}", name="Coin") for n in range(rows)]
    mine = Currency.objects.filter(pk__in=[coin.pk for coin in coins])
    assert statements(lambda: Currency.objects.bulk_create(coins)) == ["INSERT", "INSERT"]
    recording = ["SELECT", "UPDATE", "SELECT", "INSERT"]
    assert statements(lambda: mine.update(name="Token")) == recording
    assert statements(lambda: Currency.objects.bulk_update(coins, ["name"])) == recording
    # Identity, entry, its operation, the rows; Django looks first for what hangs on them.
    deleting = statements(mine.delete)
    assert deleting[-4:] == ["SELECT", "INSERT", "UPDATE", "DELETE"]
    assert set(deleting[:-4]) == {"SELECT"}
