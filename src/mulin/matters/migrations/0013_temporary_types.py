from django.db import migrations, models

import mulin.kernel.fields


class Migration(migrations.Migration):
    dependencies = [
        ("matters", "0012_who_table"),
    ]

    operations = [
        migrations.AddField(
            model_name="mattertype",
            name="consented_by",
            field=mulin.kernel.fields.ShortText(default="", limit=200),
        ),
        migrations.AddField(
            model_name="mattertype",
            name="temporary",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="mattertype",
            name="valid_until",
            field=models.DateTimeField(null=True),
        ),
    ]
