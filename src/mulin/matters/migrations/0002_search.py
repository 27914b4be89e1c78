from django.db import migrations

from mulin.kernel.search import CreateSearchTable


class Migration(migrations.Migration):
    dependencies = [("matters", "0001_matters_and_parts")]

    operations = [CreateSearchTable("matters_search")]
