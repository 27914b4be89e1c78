from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("matters", "0002_search")]

    operations = [
        migrations.RemoveIndex("matter", name="matter_open_spot"),
        migrations.AddIndex("matter", models.Index(fields=["state", "spot"], name="matter_state_spot")),
    ]
