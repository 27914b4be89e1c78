"""Signs of life of what runs by itself."""

from django.db import migrations, models

import mulin.kernel.fields


class Migration(migrations.Migration):
    dependencies = [("kernel", "0010_jobs")]

    operations = [
        migrations.CreateModel(
            name="Beat",
            fields=[
                ("name", mulin.kernel.fields.ShortText(limit=60, primary_key=True, serialize=False)),
                ("at", models.DateTimeField()),
                ("failing_since", models.DateTimeField(blank=True, null=True)),
            ],
        ),
    ]
